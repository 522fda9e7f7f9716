using System.Globalization;
using Spm.Compensation.Exactness;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Clawbacks;

/// <summary>Of what caps have cut of a deal, the part that goes with what is taken back.</summary>
/// <param name="Cut">In spans that are over, and not spared yet.</param>
/// <param name="Back">Taken back in the month, before it.</param>
/// <param name="Standing">Of what was earned, before the month's cancellations.</param>
internal readonly record struct SparedByCaps(decimal Cut, decimal Back, decimal Standing);

/// <summary>
/// What is taken back of a deal to date, less what was taken back a month ago: paid for the deal, times the cancelled parts of it, each at the
/// percent of its age. The parts never exceed the deal, so that never more is taken back than was paid.
/// </summary>
/// <param name="paid">For the deal, by month of the run: what it earned, or where it is held what was released.</param>
internal sealed class ClawbackExplanation(
    ClawbackRule rule, DealPay deal, CancelledDeal cancelled, decimal[] paid, IReadOnlyList<PayMonth> months)
    : LineExplanation
{
    private readonly Dictionary<int, SparedByCaps> _spared = [];

    public void Spare(int month, SparedByCaps spared) => _spared.Add(month, spared);

    public override ExplainNode Explain(PayLine line, FiscalMonth month, IEnumerable<PayLine> above)
    {
        var at = IndexOf(month, months.Select(m => m.Month.No));
        var taken = TakenBack(at);
        var before = at > 0 && TakenBack(at - 1) is { Value: not 0m } earlier ? earlier : null;
        if (!_spared.TryGetValue(at, out var spared))
        {
            return before is null ? ExplainNode.Because(line.Name, taken) : ExplainNode.Of(line.Name, ExplainOperation.Difference, taken, before);
        }
        return ExplainNode.Of(line.Name, ExplainOperation.Sum, before is null ? taken : ExplainNode.Of("taken back in the month", ExplainOperation.Difference, taken, before), ExplainNode.Ratio(
            "never paid", "cut × taken back", ExplainNode.Given($"cut of {deal.Deal} by caps of spans that are over", spared.Cut),
            ExplainNode.Given("taken back in the month", spared.Back), ExplainNode.Given($"of {deal.Deal} before", spared.Standing)));
    }

    /// <summary>To date.</summary>
    private ExplainNode TakenBack(int at)
    {
        var month = months[at].Month.Period;
        var name = $"taken back by {month.Id}";
        var whole = ExplainNode.Of(
            $"sold with {deal.Deal}", ExplainOperation.Sum, [.. cancelled.WholeBy(month.To).Select(s => ExplainNode.Given($"{s.Line.Kind} {s.Line.Transaction}", s.Amount, On(s.Line.Date)))]) with
        { Detail = cancelled.Detail };
        var payable = Paid(at);
        var taken = whole.Value == 0m ? [] : rule.Take(new PaidDeal(deal.SoldOn, whole.Value, payable.Value), cancelled.CancelledBy(month.To, whole.Value));
        if (taken.Count == 0)
        {
            return ExplainNode.Given(name, 0m, "Nothing is cancelled.");
        }
        var parts = ExplainNode.Of("cancelled, at its percent", ExplainOperation.Sum, Cancelled(taken, whole.Value));
        var part = ExplainNode.Ratio($"of what was paid for {deal.Deal}", "paid × cancelled", payable, parts, whole);
        return ExplainNode.Exactly(name, ExplainOperation.Negative, taken.Sum(t => t.Amount), [part]);
    }

    private List<ExplainNode> Cancelled(IReadOnlyList<Clawback> taken, decimal whole)
    {
        List<ExplainNode> parts = [];
        var left = whole;
        foreach (var (cancellation, age, percent, counted, _, _) in taken)
        {
            var amount = ExplainNode.Given($"cancellation {cancellation.Transaction}", cancellation.Amount, On(cancellation.Date));
            var counts = counted == cancellation.Amount ? amount : ExplainNode.Of("counted", ExplainOperation.Least, amount, ExplainNode.Given("not cancelled before", left));
            parts.Add(ExplainNode.Exactly(
                $"part of {cancellation.Transaction}", ExplainOperation.Product, Exact.Percent(counted, percent),
                [counts, ExplainNode.Given($"percent at the age of {age} {(rule.InDays ? "days" : "months")}", percent / 100m)]));
            left -= counted;
        }
        return parts;
    }

    /// <summary>To date; where more was taken back than earned, nothing is left to claw back.</summary>
    private ExplainNode Paid(int at)
    {
        ExplainNode[] parts = [.. Enumerable.Range(0, at + 1).Where(m => paid[m] != 0m).Select(m => deal.Rules.Hold is null
            ? deal.Explain(m)
            : ExplainNode.Given($"release of {deal.Deal} in {months[m].Month.Id}", paid[m]))];
        var sum = ExplainNode.Of($"paid for {deal.Deal} by {months[at].Month.Id}", ExplainOperation.Sum, parts);
        return sum.Value >= 0m ? sum : ExplainNode.Of("paid, if anything", ExplainOperation.Greatest, sum, ExplainNode.Given("nothing", 0m));
    }

    private static string On(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}");
}
