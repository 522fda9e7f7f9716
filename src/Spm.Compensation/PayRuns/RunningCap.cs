using Spm.Compensation.Amounts;
using Spm.Compensation.Caps;
using Spm.Compensation.Documents;

namespace Spm.Compensation.PayRuns;

/// <summary>
/// The caps on one kind of span in one currency, of one component or of all pay: cut month by month. A span is one, whichever versions and plans cap it: each month
/// is held against the cap that it has itself, and what was paid before counts. A month without one is left out.
/// </summary>
internal sealed class RunningCap
{
    private readonly PayRun _run;
    private readonly string? _component;
    private readonly CapRule?[] _caps;
    private readonly int[] _spans;
    private readonly List<CappedMonth> _months = [];
    private readonly CapExplanation _explanation;

    private RunningCap(PayRun run, string? component, CapSpan span, Currency currency, Func<int, IReadOnlyList<CapRule>> capsOf)
    {
        (_run, _component) = (run, component);
        _caps = [.. run.Months.Select((_, m) => run.CurrencyOf(m) == currency ? capsOf(m).FirstOrDefault(c => c.Per == span) : null)];
        _spans = [.. run.Months.Select((m, i) => _caps[i] is { } cap ? m.Month.Span(cap.Span()).No : 0)];
        _explanation = new CapExplanation(_months);
    }

    /// <summary>The shortest span first: a longer one looks at what is left.</summary>
    /// <param name="component">Null: of all pay.</param>
    /// <param name="capsOf">Those of a month of the run.</param>
    public static IReadOnlyList<RunningCap> Of(PayRun run, string? component, Func<int, IReadOnlyList<CapRule>> capsOf) =>
        [.. Enumerable.Range(0, run.Months.Count).SelectMany(m => capsOf(m).Select(c => (c.Per, Currency: run.CurrencyOf(m)))).Distinct().OrderBy(c => c.Per)
            .Select(c => new RunningCap(run, component, c.Per, c.Currency, capsOf))];

    /// <summary>Cuts what is due in a month.</summary>
    /// <returns>What is cut in the span to date; null in a month without the cap.</returns>
    public CutOfSpan? Cut(int month)
    {
        if (_caps[month] is not { } cap)
        {
            return null;
        }
        var at = _run.Months[month];
        var due = _component is null ? at.Due : at.DueOf(_component);
        // Where nothing is due the limit need not be known: before the first quota there is none.
        if (CapsOnPay.Most(_run, month, cap.Amount, _component, isNeeded: due != 0m) is { } most)
        {
            _months.Add(cap.Next(_months.LastOrDefault(), new CapMonth(at.Month, due, most)));
            at.Add(new PayLine(PayLineKind.Cap, _component, -_months[^1].Step.Cut, $"{cap.Amount} per {WireNames.Of(cap.Per)}", _explanation));
        }
        List<int> capped = [.. Enumerable.Range(0, _caps.Length).Where(m => _caps[m] is not null && _spans[m] == _spans[month])];
        var cut = _months.LastOrDefault() is { } last && last.Span.No == _spans[month] ? last.Step.CutToDate : 0m;
        return new CutOfSpan([.. capped.Where(m => m <= month)], cut, IsOver: capped[^1] == month);
    }
}

/// <summary>What a cap cuts in its span to date.</summary>
/// <param name="Months">Of the span under the cap, in order of time.</param>
/// <param name="Amount">0 or more.</param>
/// <param name="IsOver">The span ends with the last of them.</param>
internal readonly record struct CutOfSpan(IReadOnlyList<int> Months, decimal Amount, bool IsOver)
{
    public int Last => Months[^1];
}
