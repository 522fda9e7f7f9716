using Spm.Compensation.Caps;
using Spm.Compensation.Documents;
using Spm.Compensation.Exactness;

namespace Spm.Compensation.PayRuns;

/// <summary>A cap on pay, of one component or of all, over months that follow each other under it: cut month by month.</summary>
internal sealed class RunningCap
{
    private readonly PayRun _run;
    private readonly string? _component;
    private readonly CapRule _cap;
    private readonly int _first;
    private readonly int _last;
    private readonly List<CappedMonth> _months = [];
    private readonly CapExplanation _explanation;

    private RunningCap(PayRun run, string? component, CapRule cap, int first, int last)
    {
        (_run, _component, _cap, _first, _last) = (run, component, cap, first, last);
        _explanation = new CapExplanation(cap, _months);
    }

    /// <param name="component">Null: of all pay.</param>
    public static IEnumerable<RunningCap> Of(PayRun run, string? component, IReadOnlyList<CapRule> caps, int first, int last) =>
        caps.Select(cap => new RunningCap(run, component, cap, first, last));

    /// <summary>Cuts what is due in a month.</summary>
    /// <returns>What was cut in the span, where it ends with this month and something was.</returns>
    public CutOfSpan? Cut(int month)
    {
        if (month < _first || month > _last)
        {
            return null;
        }
        var at = _run.Months[month];
        var due = _component is null ? at.Due : at.DueOf(_component);
        // Where nothing is due the limit need not be known: before the first quota there is none.
        if (CapsOnPay.Most(_run, month, _cap.Amount, _component, isNeeded: due != 0m) is { } most)
        {
            _months.Add(_cap.Next(_months.LastOrDefault(), new CapMonth(at.Month, due, most)));
            at.Add(new PayLine(PayLineKind.Cap, _component, -_months[^1].Step.Cut, $"{_cap.Amount} per {WireNames.Of(_cap.Per)}", _explanation));
        }
        return _months.LastOrDefault() is { Step.CutToDate: not 0m } last && IsOf(last.Span.No, month) && (month == _last || !IsOf(last.Span.No, month + 1))
            ? new CutOfSpan(FirstOf(last.Span.No), month, last.Step.EarnedToDate, last.Step.CutToDate) : null;
    }

    private bool IsOf(int span, int month) => _run.Months[month].Month.Span(_cap.Span()).No == span;

    private int FirstOf(int span) => Enumerable.Range(_first, _last + 1 - _first).First(m => IsOf(span, m));
}

/// <summary>What a cap cut in a span that is over.</summary>
/// <param name="First">Month of the span under the cap.</param>
/// <param name="Last">Included.</param>
/// <param name="Due">In the span, before the cap.</param>
/// <param name="Amount">Above 0.</param>
internal readonly record struct CutOfSpan(int First, int Last, decimal Due, decimal Amount)
{
    /// <summary>Of each of those that something is left for, in proportion, and never more than is left.</summary>
    /// <param name="left">Of what was due for each, after other caps.</param>
    /// <param name="beside">What was due beside them and has its part as well.</param>
    public IReadOnlyList<decimal> Among(IReadOnlyList<decimal> left, decimal beside)
    {
        var whole = left.Sum(l => Math.Max(0m, l)) + Math.Max(0m, beside);
        var amount = Math.Min(Amount, whole);
        return [.. left.Select(l => l > 0m ? Exact.Ratio(amount, l, whole) : 0m)];
    }
}
