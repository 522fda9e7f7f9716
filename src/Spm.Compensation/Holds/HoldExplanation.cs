using System.Globalization;
using Spm.Compensation.Exactness;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Holds;

/// <summary>
/// A hold: what the deal earned in the month, and beside it what is still held. A release: the part of the earning that cash, a date, the months or days
/// have released to date, less what they had released a month ago.
/// </summary>
/// <param name="news">Invoices and cash of the deal, in the order of their days.</param>
/// <param name="unit">The currency of invoices and cash, for people; null: the plan's.</param>
internal sealed class HoldExplanation(HoldRule rule, DealPay deal, IReadOnlyList<HeldMonth> held, IReadOnlyList<HoldEvent> news, DateOnly soldOn, string? unit) : LineExplanation
{
    public override ExplainNode Explain(PayLine line, FiscalMonth month, IEnumerable<PayLine> above)
    {
        var at = IndexOf(month, held.Select(m => m.Month.No));
        return line.Kind == PayLineKind.Hold ? Hold(line.Name, at) : Release(line.Name, at);
    }

    private ExplainNode Hold(string name, int at) => ExplainNode.Because(
        name,
        ExplainNode.Of("withheld", ExplainOperation.Negative, PartOf(deal.Explain(at), rule.Percent, held[at].Held)),
        ExplainNode.Of($"still held after {held[at].Month.Id}", ExplainOperation.Difference, ExplainNode.Given("withheld to date", held[at].WithheldToDate), Released(at)));

    private static ExplainNode PartOf(ExplainNode earned, decimal percent, decimal part) => percent == 100m
        ? earned
        : ExplainNode.Exactly($"held of {earned.Name}", ExplainOperation.Product, part, [earned, ExplainNode.Given("percent that is held", percent / 100m)]);

    private static ExplainNode PartOf(ExplainNode earned, decimal percent) => PartOf(earned, percent, Exact.Percent(earned.Value, percent));

    private ExplainNode Release(string name, int at)
    {
        var now = Released(at);
        return at > 0 && Released(at - 1) is { Value: not 0m } before
            ? ExplainNode.Of(name, ExplainOperation.Difference, now, before)
            : ExplainNode.Because(name, now);
    }

    /// <summary>To date.</summary>
    private ExplainNode Released(int at)
    {
        var name = $"released by {held[at].Month.Id}";
        return rule.Until switch
        {
            HoldUntil.Cash => OnCash(name, at, rule.Percent, null),
            HoldUntil.Date when held[at].Month.To > rule.Date => ExplainNode.Because(name, PartOf(deal.ExplainToDate(at), rule.Percent)) with { Detail = OnDay("held until") },
            HoldUntil.Date => ExplainNode.Given(name, 0m, OnDay("waits for")),
            _ when rule.Parts.Count == 1 => After(name, rule.Parts[0], at),
            _ => ExplainNode.Of(name, ExplainOperation.Sum, [.. rule.Parts.Select(p => After($"{name}, after {p.Wait} {(rule.Until == HoldUntil.Days ? "days" : "months")}", p, at))]),
        };
    }

    private ExplainNode After(string name, HeldPart part, int at) => rule.Until == HoldUntil.Months ? AfterMonths(name, part, at)
        : rule.After != HoldAfter.Sale ? OnCash(name, at, part.Percent, part.Wait)
        : HoldPay.IsOver(soldOn, part.Wait, held[at].Month) ? ExplainNode.Because(name, PartOf(deal.ExplainToDate(at), part.Percent)) with { Detail = AfterDay(part) }
        : ExplainNode.Given(name, 0m, $"waits {AfterDay(part)}");

    private string AfterDay(HeldPart part) => string.Create(CultureInfo.InvariantCulture, $"{part.Wait} days after {soldOn:yyyy-MM-dd}");

    private ExplainNode AfterMonths(string name, HeldPart part, int at) => at >= part.Wait
        ? ExplainNode.Because(name, PartOf(deal.ExplainToDate(at - part.Wait), part.Percent)) with { Detail = $"after {part.Wait} months" }
        : ExplainNode.Given(name, 0m, $"waits {part.Wait} months");

    /// <param name="wait">The days after which an invoice or cash counts; null: cash counts at once.</param>
    private ExplainNode OnCash(string name, int at, decimal percent, int? wait)
    {
        var invoiced = News(HoldEventKind.Invoiced, "invoiced", at, held[at].InvoicedToDate, 0);
        if (invoiced.Inputs.Count == 0)
        {
            return ExplainNode.Given(name, 0m, "Nothing is invoiced.");
        }
        var earned = PartOf(deal.ExplainToDate(at), percent);
        var cash = wait is { } days
            ? News(HoldPay.KindOf(rule.After), $"{(rule.After == HoldAfter.Cash ? "cash" : "invoiced")} {days} days before the end of", at, HoldPay.Ripe(news, rule.After, days, held[at].Month), days)
            : News(HoldEventKind.Cash, "cash", at, held[at].CashToDate, 0);
        if (HoldPay.IsAllDue(invoiced.Value, cash.Value))
        {
            return ExplainNode.Because(name, earned, cash, invoiced) with { Detail = invoiced.Value <= 0m ? "Nothing is left to be paid for." : "All of it is paid for." };
        }
        return cash.Value <= 0m
            ? ExplainNode.Because(name, ExplainNode.Given("released", 0m, wait is null ? "Nothing is paid for." : "The days are not over."), cash, invoiced)
            : ExplainNode.Ratio(name, wait is null || rule.After == HoldAfter.Cash ? "earned × cash" : "earned × invoiced", earned, cash, invoiced) with { Detail = wait is null || rule.After == HoldAfter.Cash ? "the part of cash over the invoiced" : "the part whose days are over" };
    }

    private ExplainNode News(HoldEventKind kind, string name, int at, decimal toDate, int wait) => ExplainNode.Exactly(
        $"{name} by {held[at].Month.Id}", ExplainOperation.Sum, toDate,
        [.. news.Where(n => n.Kind == kind && HoldPay.IsOver(n.Date, wait, held[at].Month))
            .Select(n => ExplainNode.Given(n.Transaction ?? name, n.Amount, string.Create(CultureInfo.InvariantCulture, $"{n.Date:yyyy-MM-dd}")))], unit);

    private string OnDay(string what) => string.Create(CultureInfo.InvariantCulture, $"{what} {rule.Date:yyyy-MM-dd}");
}
