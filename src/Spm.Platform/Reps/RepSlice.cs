using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Reps;

/// <param name="HiredOn">First day employed; credited from this day on. Always when left out.</param>
/// <param name="LeftOn">First day no longer employed.</param>
/// <param name="Manager">One manager for all time; or <paramref name="Managers"/>, dated.</param>
/// <param name="Plan">One plan for all time; or <paramref name="Plans"/>, dated.</param>
public sealed record RepInput(
    string Name,
    string? Email = null,
    string? Title = null,
    DateOnly? HiredOn = null,
    DateOnly? LeftOn = null,
    string? Manager = null,
    IReadOnlyList<DatedManager>? Managers = null,
    string? Plan = null,
    IReadOnlyList<DatedPlan>? Plans = null);

/// <summary>From <paramref name="From"/> (included) to <paramref name="To"/> (not included).</summary>
public sealed record DatedManager(string Manager, DateOnly? From = null, DateOnly? To = null);

/// <summary>From <paramref name="From"/> (included) to <paramref name="To"/> (not included).</summary>
public sealed record DatedPlan(string Plan, DateOnly? From = null, DateOnly? To = null);

public sealed record RepView(
    string Id,
    string Source,
    string ExternalId,
    string Name,
    string? Email,
    string? Title,
    DateOnly? HiredOn,
    DateOnly? LeftOn,
    IReadOnlyList<DatedManager> Managers,
    IReadOnlyList<DatedPlan> Plans,
    string UpdatedAt);

/// <summary>Reps: everybody in the compensation system, with their dated managers and plans.</summary>
public sealed class RepSlice : RecordSlice<RepInput, RepDoc>
{
    public override string Entity => "reps";

    public override Registry<RepDoc> Of(Company company) => company.Reps;

    public override RepView View(Entry<RepDoc> entry, Company company) => new(
        entry.Id,
        entry.Source,
        entry.ExternalId,
        entry.Doc.Name,
        entry.Doc.Email,
        entry.Doc.Title,
        entry.Doc.HiredOn,
        entry.Doc.LeftOn,
        [.. entry.Doc.Managers.Select(m => new DatedManager(m.Ref, m.From, m.To))],
        [.. entry.Doc.Plans.Select(p => new DatedPlan(p.Ref, p.From, p.To))],
        Wire.Instant(entry.UpdatedAt));

    protected override RegistryEditor<RepDoc> Registry(CompanyEditor editor) => editor.Reps;

    protected override RepDoc Check(RepInput input, RecordCheck check, Entry<RepDoc>? old)
    {
        if (input.LeftOn <= (input.HiredOn ?? DateOnly.MinValue))
        {
            check.Fail("left_on", ErrorCodes.RangeEmpty, "`left_on` is the first day after employment and lies after `hired_on`.");
        }
        var doc = new RepDoc(
            check.Name(input.Name),
            check.Text("email", input.Email, Limits.NameLength),
            check.Text("title", input.Title, Limits.NameLength),
            input.HiredOn,
            input.LeftOn,
            check.Dated("manager", "managers", input.Manager, input.Managers?.Select(m => ((string?)m.Manager, m.From, m.To)).ToArray(), check.Editor.Reps, ErrorCodes.RepUnknown),
            check.Dated("plan", "plans", input.Plan, input.Plans?.Select(p => ((string?)p.Plan, p.From, p.To)).ToArray(), check.Editor.Plans, ErrorCodes.PlanUnknown));
        if (!check.Failed)
        {
            Hierarchy.Check(old?.Id, doc, check);
        }
        return doc;
    }

    protected override bool CreditsAlike(RepDoc before, RepDoc after) =>
        before.HiredOn == after.HiredOn && before.LeftOn == after.LeftOn && before.Managers.SequenceEqual(after.Managers);

    protected override void Affects(CompanyEditor editor, int no) => editor.Touch(no);
}
