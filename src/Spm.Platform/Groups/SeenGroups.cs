using Orleans;
using Spm.Compensation.Contests;
using Spm.Compensation.Groups;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Pools;
using Spm.Compensation.Spiffs;

namespace Spm.Platform.Groups;

/// <summary>What a rep sees of the groups and budgets of a plan, as it travels between grains.</summary>
/// <param name="CompanyVersion">Under which it was worked out.</param>
[GenerateSerializer, Alias("spm.seen-groups")]
public sealed record SeenGroups([property: Id(0)] long CompanyVersion, [property: Id(1)] SeenVersion[] Versions, [property: Id(2)] SeenCut[] Cuts)
{
    public static SeenGroups Of(long companyVersion, RepGroups groups) =>
        new(companyVersion, [.. groups.Versions.Select(SeenVersion.Of)], [.. groups.Cuts.Select(SeenCut.Of)]);

    public RepGroups ToGroups() => new([.. Versions.Select(v => v.ToGroups())], [.. Cuts.Select(c => c.ToCut())]);
}

[GenerateSerializer, Alias("spm.seen-version")]
public sealed record SeenVersion([property: Id(0)] string Year, [property: Id(1)] int Version, [property: Id(2)] SeenMonth?[] Months)
{
    public static SeenVersion Of(VersionGroups groups) => new(groups.Year, groups.Version, [.. groups.Months.Select(m => m is null ? null : SeenMonth.Of(m))]);

    public VersionGroups ToGroups() => new(Year, Version, [.. Months.Select(m => m?.ToGroups())]);
}

/// <summary>One month: sums by group and component, and what pools and contests come to by component.</summary>
[GenerateSerializer, Alias("spm.seen-month")]
public sealed record SeenMonth(
    [property: Id(0)] int Groups, [property: Id(1)] int Components, [property: Id(2)] SeenSum[] Sums, [property: Id(3)] SeenPart[] Parts, [property: Id(4)] SeenPlace[] Places)
{
    public static SeenMonth Of(MonthGroups month)
    {
        List<SeenSum> sums = [];
        List<SeenPart> parts = [];
        List<SeenPlace> places = [];
        for (var c = 0; c < month.Components; c++)
        {
            for (var g = 0; g < month.Groups; g++)
            {
                if (month.Sum(g, c) is { } sum)
                {
                    sums.Add(new SeenSum(g, c, sum.Members, sum.Month, sum.Measured, sum.ToDate, sum.Quota, sum.Earned));
                }
            }
            if (month.Result(c) is PoolShare part)
            {
                parts.Add(new SeenPart(c, part.Fund, part.Own, part.All, part.Takers, part.Part));
            }
            else if (month.Result(c) is ContestPlace place)
            {
                places.Add(new SeenPlace(c, place.Rank, place.By, place.Competitors, place.Field, place.Tied, place.Prizes, place.Prize));
            }
        }
        return new SeenMonth(month.Groups, month.Components, [.. sums], [.. parts], [.. places]);
    }

    public MonthGroups ToGroups()
    {
        var sums = new GroupSum?[Groups][];
        var results = new GroupResult?[Components];
        for (var g = 0; g < Groups; g++)
        {
            sums[g] = new GroupSum?[Components];
        }
        foreach (var sum in Sums)
        {
            sums[sum.Group][sum.Component] = new GroupSum(sum.Members, sum.Month, sum.Measured, sum.ToDate, sum.Quota, sum.Earned);
        }
        foreach (var part in Parts)
        {
            results[part.Component] = new PoolShare(part.Fund, part.Own, part.All, part.Takers, part.Part);
        }
        foreach (var place in Places)
        {
            results[place.Component] = new ContestPlace(place.Rank, place.By, place.Competitors, place.Field, place.Tied, place.Prizes, place.Prize);
        }
        return new MonthGroups(sums, results);
    }
}

[GenerateSerializer, Alias("spm.seen-sum")]
public readonly record struct SeenSum(
    [property: Id(0)] int Group, [property: Id(1)] int Component, [property: Id(2)] int Members, [property: Id(3)] decimal Month, [property: Id(4)] decimal Measured,
    [property: Id(5)] decimal ToDate, [property: Id(6)] decimal? Quota, [property: Id(7)] decimal Earned);

[GenerateSerializer, Alias("spm.seen-part")]
public readonly record struct SeenPart(
    [property: Id(0)] int Component, [property: Id(1)] decimal Fund, [property: Id(2)] decimal Own, [property: Id(3)] decimal All, [property: Id(4)] int Takers, [property: Id(5)] decimal Part);

[GenerateSerializer, Alias("spm.seen-place")]
public readonly record struct SeenPlace(
    [property: Id(0)] int Component, [property: Id(1)] int Rank, [property: Id(2)] decimal By, [property: Id(3)] int Competitors, [property: Id(4)] int Field,
    [property: Id(5)] int Tied, [property: Id(6)] decimal Prizes, [property: Id(7)] decimal Prize);

/// <summary>What a budget does not cover of a deal.</summary>
[GenerateSerializer, Alias("spm.seen-cut")]
public readonly record struct SeenCut(
    [property: Id(0)] int Month, [property: Id(1)] string Component, [property: Id(2)] decimal Budget, [property: Id(3)] string Deal, [property: Id(4)] string Rep, [property: Id(5)] DateOnly Date,
    [property: Id(6)] decimal Claimed, [property: Id(7)] decimal UsedBefore, [property: Id(8)] decimal Paid, [property: Id(9)] decimal Cut, [property: Id(10)] SpiffOutcome Outcome, [property: Id(11)] decimal Before)
{
    public static SeenCut Of(BudgetCut cut) => new(
        cut.Month, cut.Component, cut.Budget, cut.Payment.Transaction, cut.Payment.Rep, cut.Payment.Date, cut.Payment.Claimed, cut.Payment.UsedBefore, cut.Payment.Paid, cut.Payment.Cut,
        cut.Payment.Outcome, cut.Before);

    public BudgetCut ToCut() => new(Month, Component, Budget, new SpiffPayment(Deal, Rep, Date, Claimed, UsedBefore, Paid, Cut, Outcome), Before);
}
