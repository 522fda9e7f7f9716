namespace Spm.Compensation.Lint;

/// <summary>
/// Finds where figures cross zero that are known by asking alone: first between points that lie closer where reps are, then step by step within. What
/// crosses zero twice between two of these points is not seen.
/// </summary>
internal static class Crossings
{
    /// <summary>A bisection of any span that is asked for ends before that.</summary>
    private const int MostQuestions = 60;

    /// <param name="ask">What the figures are at a point, in their order; null where nothing more may be asked.</param>
    /// <param name="step">The least that a point moves.</param>
    /// <param name="anchor">Where reps are.</param>
    /// <param name="parts">In how many parts the anchor is divided.</param>
    /// <returns>For each crossing the first point at which the figure has the sign it has from there on.</returns>
    public static IReadOnlyList<decimal> Find(Func<decimal, IReadOnlyList<decimal?>?> ask, decimal step, decimal anchor, decimal far, int parts)
    {
        List<(decimal At, IReadOnlyList<decimal?> Figures)> points = [];
        foreach (var at in Points(step, anchor, far, parts))
        {
            if (ask(at) is not { } figures)
            {
                return [];
            }
            points.Add((at, figures));
        }
        var crossings =
            from i in Enumerable.Range(1, points.Count - 1)
            from f in Enumerable.Range(0, points[i].Figures.Count)
            let low = points[i - 1].Figures[f]
            let high = points[i].Figures[f]
            where low is not null && high is not null && low < 0m != high < 0m
            orderby Math.Abs(points[i].At - anchor)
            select (From: points[i - 1].At, Low: low.Value, To: points[i].At, High: high.Value, Figure: f);
        SortedSet<decimal> found = [];
        foreach (var (from, low, to, high, f) in crossings.ToList())
        {
            if (Between(at => ask(at)?[f], step, from, low, to, high) is { } at)
            {
                found.Add(at);
            }
        }
        return [.. found];
    }

    private static IEnumerable<decimal> Points(decimal step, decimal anchor, decimal far, int parts)
    {
        SortedSet<decimal> points = [step, far];
        for (var at = anchor / parts; at > step; at /= 4m)
        {
            points.Add(at);
        }
        for (var i = 1; i <= 2 * parts; i++)
        {
            points.Add(anchor * i / parts);
        }
        for (var at = anchor * 2m; at < far; at *= 1.5m)
        {
            points.Add(at);
        }
        return points.Select(p => Math.Max(step, decimal.Round(p / step) * step)).Distinct();
    }

    /// <summary>Where a figure is a straight line the first guess is right, and else the span is halved.</summary>
    private static decimal? Between(Func<decimal, decimal?> ask, decimal step, decimal from, decimal low, decimal to, decimal high)
    {
        var guess = decimal.Ceiling((from + ((to - from) * (low / (low - high)))) / step) * step;
        for (var questions = 0; to - from > step && questions < MostQuestions; questions++)
        {
            var at = guess > from && guess < to ? guess : from + (decimal.Floor((to - from) / step / 2m) * step);
            if (ask(at) is not { } figure)
            {
                return null;
            }
            (from, to) = figure < 0m == low < 0m ? (at, to) : (from, at);
            // The point just below the first guess is asked next: of a straight line nothing is left to ask after it.
            guess = questions == 0 ? (to == at ? at - step : at + step) : 0m;
        }
        return to;
    }
}
