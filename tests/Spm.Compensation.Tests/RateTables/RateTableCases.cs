using FsCheck.Fluent;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Flat;
using Spm.Compensation.RateTables.Interpolated;
using Spm.Compensation.RateTables.OverageAtReachedTier;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Tests.RateTables;

/// <summary>Random rate tables of every mode, and values from below zero to well above the last tier; many stand on an edge.</summary>
internal static class RateTableCases
{
    public const decimal Target = 25_000m;

    /// <summary>A table, a quota and three values of the measure in any order.</summary>
    public sealed record Case(RateTable Table, decimal Quota, decimal A, decimal B, decimal C)
    {
        public decimal Earn(decimal from, decimal to, ICollection<Band>? bands = null) => Table.Earn(new Stretch(from, to, Quota, Target), bands);
    }

    public static FsCheck.Gen<Case> Any => From(AnyTable);

    public static FsCheck.Gen<Case> Step => From(
        from shape in Shapes
        from yields in Yield
        select (RateTable)new StepTable(shape.Tiers, shape.On, yields));

    /// <summary>Rates that never fall.</summary>
    public static FsCheck.Gen<Case> RisingRates => From(
        from shape in Shapes
        from yields in Gen.Elements(RateYield.Percent, RateYield.PerUnit, RateYield.TargetMultiplier)
        let rates = shape.Tiers.Select(t => t.Rate).Order().ToArray()
        select (RateTable)new InterpolatedTable(
            [.. shape.Tiers.Select((t, i) => new InterpolatedTier(t.From, t.To, rates[i], t.To is null ? rates[i] : rates[i + 1]))], shape.On, yields));

    public static FsCheck.Gen<Case> RisingFlat => From(
        from shape in Shapes
        from yields in Yield
        let rates = shape.Tiers.Select(t => t.Rate).Order().ToArray()
        select (RateTable)new FlatTable([.. shape.Tiers.Select((t, i) => t with { Rate = rates[i] })], shape.On, yields));

    public static FsCheck.Gen<Case> Levels => From(from shape in Shapes from yields in LevelYield select LevelTable(shape, yields));

    private static FsCheck.Gen<RateYield> Yield => Gen.Elements(Enum.GetValues<RateYield>());

    private static FsCheck.Gen<RateYield> LevelYield => Gen.Elements(RateYield.Amount, RateYield.TargetMultiplier);

    private static FsCheck.Gen<RateTable> AnyTable => Gen.OneOf(
        from shape in Shapes from yields in Yield select (RateTable)new StepTable(shape.Tiers, shape.On, yields),
        from shape in Shapes from yields in Yield select (RateTable)new FlatTable(shape.Tiers, shape.On, yields),
        from shape in Shapes
        from yields in Gen.Elements(RateYield.Percent, RateYield.PerUnit, RateYield.TargetMultiplier)
        select (RateTable)new OverageAtReachedTierTable(shape.Tiers, yields),
        from shape in Shapes
        from yields in Gen.Elements(RateYield.Percent, RateYield.PerUnit, RateYield.TargetMultiplier)
        select (RateTable)new InterpolatedTable(
            [.. shape.Tiers.Select((t, i) => new InterpolatedTier(t.From, t.To, t.Rate, t.To is null ? t.Rate : shape.Tiers[^(i + 1)].Rate))], shape.On, yields),
        from shape in Shapes from yields in LevelYield select LevelTable(shape, yields));

    /// <summary>Edges are multiples of 5 and quotas of 20, so that values often stand on an edge.</summary>
    private static FsCheck.Gen<(Tier[] Tiers, RateBasis On)> Shapes =>
        from basis in Gen.Elements(RateBasis.Attainment, RateBasis.Amount)
        from widths in Gen.Choose(1, 12).ListOf()
        from rates in Gen.Choose(0, 2000).ListOf(9)
        let edges = widths.Take(8).Aggregate(new List<decimal> { 0m }, (all, width) => [.. all, all[^1] + width * 5m])
        select (edges.Select((edge, i) => new Tier(edge, i + 1 < edges.Count ? edges[i + 1] : null, rates[i] / 100m)).ToArray(), basis);

    private static RateTable LevelTable((Tier[] Tiers, RateBasis On) shape, RateYield yields)
    {
        var level = 0m;
        List<InterpolatedTier> lines = [];
        foreach (var tier in shape.Tiers)
        {
            lines.Add(new InterpolatedTier(tier.From, tier.To, level, tier.To is null ? level : level + tier.Rate));
            level = lines[^1].End;
        }
        return new InterpolatedTable(lines, shape.On, yields, Grows.Level);
    }

    private static FsCheck.Gen<Case> From(FsCheck.Gen<RateTable> tables) =>
        from table in tables
        from quota in Gen.Choose(1, 50)
        from values in Gen.OneOf(Gen.Choose(-50, 600).Select(v => v * 1m), Gen.Choose(-5000, 60_000).Select(v => v / 100m)).ListOf(3)
        select new Case(table, quota * 20m, values[0], values[1], values[2]);
}
