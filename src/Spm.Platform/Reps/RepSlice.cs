using System.Text.Json;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas.Leave;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Reps;

/// <param name="HiredOn">First day employed; credited from this day on. Always when left out.</param>
/// <param name="LeftOn">First day no longer employed.</param>
/// <param name="Manager">One manager for all time; or <paramref name="Managers"/>, dated.</param>
/// <param name="Plan">One plan for all time; or <paramref name="Plans"/>, dated.</param>
/// <param name="TargetIncentive">Variable pay of a fiscal year at 100 % attainment, in the company's currency.</param>
/// <param name="BaseSalary">Of a fiscal year, in the company's currency.</param>
/// <param name="Facts">Further facts by name, for the expressions of plans: texts, numbers, dates, truths.</param>
public sealed record RepInput(
    string Name,
    string? Email = null,
    string? Title = null,
    DateOnly? HiredOn = null,
    DateOnly? LeftOn = null,
    string? Manager = null,
    IReadOnlyList<DatedManager>? Managers = null,
    string? Plan = null,
    IReadOnlyList<DatedPlan>? Plans = null,
    decimal? TargetIncentive = null,
    decimal? BaseSalary = null,
    IReadOnlyList<LeaveInput>? Leave = null,
    IReadOnlyList<ScoreInput>? Scores = null,
    JsonElement? Facts = null);

/// <param name="From">The first day of the leave.</param>
/// <param name="To">The first day after it; its end is open when left out.</param>
/// <param name="Effect">none: the days count as any other. exclude: they shrink a prorated quota. credit_at_target: their part of the quota counts as reached.</param>
public sealed record LeaveInput(DateOnly From, DateOnly? To = null, LeaveEffect Effect = LeaveEffect.None);

/// <summary>How far a goal of a scorecard was reached in a period, in percent.</summary>
public sealed record ScoreInput(string Goal, string Period, decimal Percent);

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
    string? TargetIncentive,
    string? BaseSalary,
    IReadOnlyList<LeaveInput> Leave,
    IReadOnlyList<ScoreInput> Scores,
    JsonElement? Facts,
    string UpdatedAt);

/// <summary>Reps: everybody in the compensation system, with their dated managers and plans.</summary>
public sealed class RepSlice : RecordSlice<RepInput, RepDoc>
{
    public override string Entity => "reps";

    public override string ReadScope => Scopes.RepsRead;

    public override bool IsSeen(Entry<RepDoc> entry, Company company, Sight sight) => sight.Sees(entry.No);

    public override Registry<RepDoc> Of(Company company) => company.Reps;

    protected override string Name(RepDoc doc) => doc.Name;

    protected override IReadOnlyDictionary<string, string> Singles { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["manager"] = "managers", ["plan"] = "plans" };

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
        entry.Doc.TargetIncentive is { } target ? Wire.Amount(target) : null,
        entry.Doc.BaseSalary is { } salary ? Wire.Amount(salary) : null,
        [.. (entry.Doc.Leave ?? []).Select(l => new LeaveInput(l.From, l.To, l.Effect))],
        [.. (entry.Doc.Scores ?? []).Select(s => new ScoreInput(s.Goal, s.Period, s.Percent))],
        entry.Doc.Facts,
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
            check.Dated("plan", "plans", input.Plan, input.Plans?.Select(p => ((string?)p.Plan, p.From, p.To)).ToArray(), check.Editor.Plans, ErrorCodes.PlanUnknown))
        {
            TargetIncentive = Amount("target_incentive", input.TargetIncentive, check),
            BaseSalary = Amount("base_salary", input.BaseSalary, check),
            Leave = Leave(input.Leave, check),
            Scores = Scores(input.Scores, check),
            Facts = Facts.Check("facts", input.Facts, check.Fail),
        };
        if (!check.Failed)
        {
            Hierarchy.Check(old?.Id, doc, check);
        }
        return doc;
    }

    protected override bool CreditsAlike(RepDoc before, RepDoc after) =>
        before.HiredOn == after.HiredOn && before.LeftOn == after.LeftOn && before.Managers.SequenceEqual(after.Managers);

    protected override void Affects(CompanyEditor editor, int no) => editor.Touch(no);

    private static decimal? Amount(string field, decimal? amount, RecordCheck check)
    {
        if (amount is < 0m or > Limits.MaxAmount)
        {
            check.Fail(field, ErrorCodes.LimitExceeded, $"'{field}' lies between 0 and {Limits.MaxAmount:0}.");
        }
        return amount;
    }

    private static IReadOnlyList<LeaveDoc>? Leave(IReadOnlyList<LeaveInput>? leaves, RecordCheck check)
    {
        if (leaves is not { Count: > 0 })
        {
            return null;
        }
        if (leaves.Count > LeaveRange.MaxLeaves)
        {
            check.Fail("leave", ErrorCodes.LimitExceeded, $"At most {LeaveRange.MaxLeaves} leaves are kept.");
            return null;
        }
        List<Dated<int>> ranges = [];
        for (var i = 0; i < leaves.Count; i++)
        {
            if (check.Range($"leave/{i}", leaves[i].From, leaves[i].To) is { } range)
            {
                ranges.Add(new Dated<int>(range, i));
            }
        }
        if (!Timeline<int>.TryCreate(ranges, out _, out var overlap))
        {
            check.Fail($"leave/{overlap.Second.Value}", ErrorCodes.LeaveOverlaps, $"{overlap.First.Range} and {overlap.Second.Range} share a day.");
        }
        return [.. leaves.Select(l => new LeaveDoc(l.From, l.To, l.Effect))];
    }

    private static IReadOnlyList<ScoreDoc>? Scores(IReadOnlyList<ScoreInput>? scores, RecordCheck check)
    {
        if (scores is not { Count: > 0 })
        {
            return null;
        }
        for (var i = 0; i < scores.Count; i++)
        {
            if (string.IsNullOrEmpty(scores[i].Period) || check.Editor.Before.Calendar.Find(scores[i].Period) is null)
            {
                check.Fail($"scores/{i}/period", ErrorCodes.PeriodUnknown, $"The fiscal calendar has no period '{scores[i].Period}'.");
            }
            if (string.IsNullOrEmpty(scores[i].Goal))
            {
                check.Fail($"scores/{i}/goal", ErrorCodes.FieldRequired, "A score names its goal.");
            }
            if (scores[i].Percent is < 0m or > Limits.MaxScore)
            {
                check.Fail($"scores/{i}/percent", ErrorCodes.PercentInvalid, $"A score lies between 0 and {Limits.MaxScore} %.");
            }
        }
        if (scores.Count > Limits.MaxDatedEntries || scores.DistinctBy(s => (s.Goal, s.Period)).Count() < scores.Count)
        {
            check.Fail("scores", ErrorCodes.FieldMalformed, $"At most {Limits.MaxDatedEntries} scores, one for each goal and period.");
        }
        return [.. scores.Select(s => new ScoreDoc(s.Goal, s.Period, s.Percent))];
    }
}
