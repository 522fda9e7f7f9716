using Spm.Compensation.Documents;
using Spm.Compensation.Lookups;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Scorecards;

/// <summary>What lies between two points of a goal.</summary>
public enum Between : byte
{
    /// <summary>A score pays what the last point it has reached pays.</summary>
    Step,

    /// <summary>What a score pays grows linearly from point to point.</summary>
    Linear,
}

/// <summary>A score that pays so many percent of the goal's part of the target incentive.</summary>
public readonly record struct GoalPoint(decimal Score, decimal Pays);

/// <summary>
/// One goal of a scorecard. Without points the score is itself the percent. With points, a score below the first one pays nothing and
/// one above the last pays what the last pays. Either way a goal pays from 0 to <see cref="MaxPercent"/>.
/// </summary>
public sealed class Goal
{
    public const decimal MostPercent = 1000m;

    private readonly GoalPoint[] _points;
    private readonly Lookup? _pays;

    public Goal(string id, string name, decimal weight, decimal maxPercent = MostPercent, IReadOnlyList<GoalPoint>? points = null, Between between = Between.Step)
    {
        if (Check(weight, maxPercent, points) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(id));
        }
        (Id, Name, Weight, MaxPercent, Between) = (id, name, weight, maxPercent, between);
        _points = [.. points ?? []];
        _pays = points is null ? null : new Lookup(
            [.. _points.Select((p, i) => new LookupTier(p.Score, i + 1 < _points.Length ? _points[i + 1].Score : null, p.Pays))],
            between == Between.Linear ? LookupMode.Interpolated : LookupMode.Flat);
    }

    public string Id { get; }

    public string Name { get; }

    /// <summary>In percent; above zero. Those of a scorecard sum to 100.</summary>
    public decimal Weight { get; }

    /// <summary>The most a goal pays, in percent of its part of the target incentive.</summary>
    public decimal MaxPercent { get; }

    public IReadOnlyList<GoalPoint> Points => _points;

    public Between Between { get; }

    public static Goal Read(DocNode node)
    {
        var id = node.Text("id");
        var name = node.Text("name", id);
        var weight = node.Number("weight");
        List<GoalPoint>? points = node.Has("points") ? [] : null;
        foreach (var item in node.List("points"))
        {
            points!.Add(new GoalPoint(item.Number("score"), item.Number("pays")));
            item.RefuseOthers();
        }
        var max = node.Number("max_percent", points is null ? 100m : MostPercent);
        var between = node.OneOf("between", Between.Step);
        if (points is null && node.Find("between") is { } alone)
        {
            alone.Fail("field_without_effect", "'between' says what lies between 'points', and there are none.");
        }
        node.RefuseOthers();
        if (!node.Has("weight"))
        {
            weight = 100m;
        }
        if (Check(weight, max, points) is not { } broken)
        {
            return new Goal(id, name, weight, max, points, between);
        }
        (broken.Code == "points_count" ? node.Get("points") : node).Fail(broken.Code, broken.Detail);
        return new Goal(id, name, 100m);
    }

    public static (string Code, string Detail)? Check(decimal weight, decimal maxPercent, IReadOnlyList<GoalPoint>? points)
    {
        if (weight is <= 0m or > 100m)
        {
            return ("weight_out_of_range", $"A weight of {weight} is not above 0 and up to 100 %.");
        }
        if (maxPercent is <= 0m or > MostPercent || points?.Any(p => p.Pays is < 0m or > MostPercent) == true)
        {
            return ("percent_out_of_range", $"A goal pays 0 to {MostPercent} %.");
        }
        if (points is not null && points.Count is 0 or > Lookup.MaxTiers)
        {
            return ("points_count", $"A goal has 1 to {Lookup.MaxTiers} points, or leaves them out.");
        }
        return points?.Zip(points.Skip(1)).Any(p => p.Second.Score <= p.First.Score) == true
            ? ("points_out_of_order", "The scores of the points rise.")
            : null;
    }

    /// <summary>Percent of the goal's part of the target incentive, exact.</summary>
    public Fraction PercentOf(decimal score) =>
        Fraction.Max(Fraction.Zero, Fraction.Min(MaxPercent, _pays is null ? score : _pays.Find(score) ?? Fraction.Zero));
}
