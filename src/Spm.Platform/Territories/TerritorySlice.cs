using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Territories;

/// <param name="Parent">The territory above; none for a root.</param>
/// <param name="Reps">Dated owners and overlays. On every day the owners, if any, add up to 100 %.</param>
public sealed record TerritoryInput(string Name, string? Parent = null, IReadOnlyList<TerritoryRep>? Reps = null);

/// <summary>From <paramref name="From"/> (included) to <paramref name="To"/> (not included).</summary>
/// <param name="Percent">Of the amount, with up to four decimals.</param>
/// <param name="Products">For overlays: only these products.</param>
public sealed record TerritoryRep(
    string Rep, CoverageRole Role = CoverageRole.Owner, decimal Percent = 100m, DateOnly? From = null, DateOnly? To = null, IReadOnlyList<string>? Products = null);

public sealed record TerritoryView(
    string Id, string Source, string ExternalId, string Name, string? Parent, IReadOnlyList<TerritoryRep> Reps, string UpdatedAt) : INode;

/// <summary>Territories: a tree, each with the reps that cover it and when.</summary>
public sealed class TerritorySlice : RecordSlice<TerritoryInput, TerritoryDoc>
{
    public override string Entity => "territories";

    public override string Noun => "territory";

    public override Registry<TerritoryDoc> Of(Company company) => company.Territories;

    protected override string Name(TerritoryDoc doc) => doc.Name;

    public override TerritoryView View(Entry<TerritoryDoc> entry, Company company) => new(
        entry.Id,
        entry.Source,
        entry.ExternalId,
        entry.Doc.Name,
        entry.Doc.Parent,
        [.. entry.Doc.Reps.Select(c => new TerritoryRep(c.Rep, c.Role, c.Percent, c.From, c.To, c.Products))],
        Wire.Instant(entry.UpdatedAt));

    protected override RegistryEditor<TerritoryDoc> Registry(CompanyEditor editor) => editor.Territories;

    protected override TerritoryDoc Check(TerritoryInput input, RecordCheck check, Entry<TerritoryDoc>? old)
    {
        var parent = string.IsNullOrWhiteSpace(input.Parent) ? null : check.Reference("parent", input.Parent, check.Editor.Territories, ErrorCodes.TerritoryUnknown);
        var reps = Coverages(input.Reps ?? [], check);
        if (!check.Failed)
        {
            OwnersAddUp(reps, check);
            NoCycle(old?.Id, parent, check);
        }
        return new TerritoryDoc(check.Name(input.Name), parent, reps);
    }

    protected override bool CreditsAlike(TerritoryDoc before, TerritoryDoc after) =>
        before.Parent == after.Parent && before.Reps.Count == after.Reps.Count && before.Reps.Zip(after.Reps).All(p =>
            p.First with { Products = null } == p.Second with { Products = null } && (p.First.Products ?? []).SequenceEqual(p.Second.Products ?? []));

    private static List<CoverageDoc> Coverages(IReadOnlyList<TerritoryRep> inputs, RecordCheck check)
    {
        List<CoverageDoc> coverages = [];
        if (inputs.Count > Limits.MaxDatedEntries)
        {
            check.Fail("reps", ErrorCodes.LimitExceeded, $"A territory keeps at most {Limits.MaxDatedEntries} assignments.");
            return coverages;
        }
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = inputs[i];
            var rep = check.Reference($"reps/{i}/rep", input.Rep, check.Editor.Reps, ErrorCodes.RepUnknown);
            var range = check.Range($"reps/{i}", input.From, input.To);
            if (!Share.TryFromPercent(input.Percent, out _))
            {
                check.Fail($"reps/{i}/percent", ErrorCodes.PercentInvalid, $"{input.Percent} is not a percent above 0 and up to 100 with at most four decimals.");
            }
            else if (rep is not null && range is not null)
            {
                var twin = coverages.FindIndex(c => c.Rep == rep && c.Role == input.Role && c.Range.Overlaps(range.Value));
                if (twin >= 0 && input.Products is null)
                {
                    check.Fail($"reps/{i}", ErrorCodes.AssignmentOverlaps, $"The rep is already assigned in this role in {coverages[twin].Range}.");
                }
                coverages.Add(new CoverageDoc(rep, input.Role, input.Percent, input.From, input.To, input.Products));
            }
        }
        return coverages;
    }

    private static void OwnersAddUp(List<CoverageDoc> coverages, RecordCheck check)
    {
        var owners = coverages.FindAll(c => c.Role == CoverageRole.Owner);
        foreach (var day in owners.SelectMany(o => new[] { o.Range.From, o.To }).OfType<DateOnly>().Distinct().Order())
        {
            var sum = owners.Where(o => o.Range.Contains(day)).Sum(o => o.Percent);
            if (sum is not 0m and not 100m)
            {
                check.Fail("reps", ErrorCodes.OwnersNot100, $"{(day == DateOnly.MinValue ? "At first" : $"On {day:yyyy-MM-dd}")} the owners have {Wire.Percent(sum)} % together.");
                return;
            }
        }
    }

    private static void NoCycle(string? id, string? parent, RecordCheck check)
    {
        var depth = 1 + (id is null ? 0 : Below(id, 0, check.Editor.Territories));
        for (var at = parent; at is not null; at = check.Editor.Territories[check.Editor.Territories.Resolve(at, "").No].Doc.Parent)
        {
            if (at == id)
            {
                check.Fail("parent", ErrorCodes.HierarchyCycle, "The territory would be above itself.");
                return;
            }
            if (++depth > Roster.MaxDepth)
            {
                check.Fail("parent", ErrorCodes.HierarchyTooDeep, $"More than {Roster.MaxDepth} levels.");
                return;
            }
        }
    }

    /// <summary>How many levels of territories lie below one; stops at the limit.</summary>
    private static int Below(string territory, int depth, RegistryEditor<TerritoryDoc> territories)
    {
        var deepest = depth;
        for (var no = 0; no < territories.Count && deepest < Roster.MaxDepth; no++)
        {
            if (territories[no].Doc.Parent == territory)
            {
                deepest = Math.Max(deepest, Below(territories[no].Id, depth + 1, territories));
            }
        }
        return deepest;
    }
}
