using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.PlanTests;

/// <summary>Reads the transactions of a test and credits them: to the rep that is named, or by the split that is given.</summary>
internal sealed class TransactionReader(PlanRules plan, FiscalCalendar calendar, Func<DocNode, string> repOf)
{
    private readonly HashSet<(string, string, CreditSources)> _seen = [];
    private readonly Dictionary<string, IReadOnlyList<(string Rep, int Millionths)>> _splits = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IReadOnlyList<CreditLine>> Read(IReadOnlyList<DocNode> transactions, IReadOnlySet<string> reps)
    {
        var lines = reps.ToDictionary(r => r, _ => new List<CreditLine>(), StringComparer.Ordinal);
        var given = transactions.Select(t => t.Find("id")?.Scalar).ToHashSet();
        for (var i = 0; i < transactions.Count; i++)
        {
            var node = transactions[i];
            var line = Line(node, MadeUp(i, given));
            foreach (var (rep, credited) in Credited(node, line, reps))
            {
                if (!_seen.Add((rep, credited.Transaction, credited.Credit)))
                {
                    node.Fail("transaction_twice", $"'{credited.Transaction}' is credited twice to '{rep}' as {WireNames.Of(credited.Credit)}.");
                }
                lines[rep].Add(credited);
            }
            node.OptionalText("note");
            node.RefuseOthers();
        }
        return lines.ToDictionary(l => l.Key, l => (IReadOnlyList<CreditLine>)l.Value, StringComparer.Ordinal);
    }

    /// <summary>A transaction without an id that stands third is T3, or T3' where another is called so.</summary>
    private static string MadeUp(int index, HashSet<string?> given)
    {
        var id = $"T{index + 1}";
        while (given.Contains(id))
        {
            id += "'";
        }
        return id;
    }

    private CreditLine Line(DocNode node, string otherwise)
    {
        var id = node.Text("id", otherwise);
        var currency = node.OptionalText("currency");
        if (currency is not null && !Currency.TryParse(currency, out _))
        {
            node.Get("currency").Fail("currency_unknown", $"'{currency}' is not an ISO 4217 currency code.");
        }
        var line = new CreditLine
        {
            Transaction = id,
            Deal = node.Text("deal", id),
            Date = node.Date("date"),
            Kind = node.Text("kind", "order"),
            Credit = node.OneOf("credit", CreditSources.Direct),
            Share = node.Number("share", 100m) / 100m,
            Amount = node.Number("amount", 0m),
            Quantity = node.Number("quantity", 0m),
            Margin = node.OptionalNumber("margin"),
            Currency = currency == plan.Currency.Code ? null : currency,
            Product = node.OptionalText("product"),
            Account = node.OptionalText("account"),
            Territory = node.OptionalText("territory"),
            Facts = DocFacts.Read(node.Find("facts")),
        };
        if (calendar.MonthOf(line.Date) is null)
        {
            node.Get("date").Fail("date_outside_calendar", $"{line.Date:yyyy-MM-dd} lies in no fiscal year of the test.");
        }
        return line.Kind == DealNews.Refund ? TakenBack(line) : line;
    }

    /// <summary>
    /// A refund takes back, whether it is written as the platform is told of it, positive, or as it counts. A margin may be below zero in either form:
    /// it goes the way of the amount.
    /// </summary>
    private static CreditLine TakenBack(CreditLine line)
    {
        var leads = new[] { line.Amount, line.Quantity, line.Margin ?? 0m }.FirstOrDefault(figure => figure != 0m);
        return line with { Amount = -Math.Abs(line.Amount), Quantity = -Math.Abs(line.Quantity), Margin = leads > 0m ? -line.Margin : line.Margin };
    }

    private IEnumerable<(string Rep, CreditLine Line)> Credited(DocNode node, CreditLine line, IReadOnlySet<string> reps)
    {
        if (!node.Has("splits"))
        {
            if (!node.Has("rep") && _splits.TryGetValue(line.Deal, out var asTheDeal))
            {
                return CutAsRead(node, line, asTheDeal);
            }
            var share = line.Share;
            return [(repOf(node), share == 1m ? line : line with { Amount = line.Amount * share, Quantity = line.Quantity * share, Margin = line.Margin * share })];
        }
        var splits = node.List("splits");
        List<(string Rep, int Millionths)> parts = [];
        foreach (var split in splits)
        {
            var (rep, percent) = (split.Text("rep"), split.Number("percent"));
            split.RefuseOthers();
            if (!reps.Contains(rep))
            {
                split.Get("rep").Fail("rep_unknown", $"The test has no rep '{rep}'.");
            }
            else if (!Share.TryFromPercent(percent, out var millionths))
            {
                split.Get("percent").Fail("split_out_of_range", "A part of a split is above 0 and up to 100 % with at most four decimals.");
            }
            else
            {
                parts.Add((rep, millionths));
            }
        }
        if (parts.Count == splits.Count && parts.Sum(p => (long)p.Millionths) != Share.Whole)
        {
            node.Get("splits").Fail("split_sum", $"The parts sum to {parts.Sum(p => Share.ToPercent(p.Millionths))} %, not to 100 %.");
        }
        // What names the deal later, and no rep, is split as the deal was.
        _splits.TryAdd(line.Deal, parts);
        return CutAsRead(node, line, parts);
    }

    private static IEnumerable<(string Rep, CreditLine Line)> CutAsRead(DocNode node, CreditLine line, IReadOnlyList<(string Rep, int Millionths)> parts)
    {
        foreach (var name in new[] { "amount", "quantity", "margin" })
        {
            if (node.Find(name) is { } figure && !TenThousandths.TryFrom(figure.AsNumber(), out _))
            {
                figure.Fail("amount_too_precise", "What is split has at most four decimals, and no more digits than 64 bits hold.");
            }
        }
        return node.Errors.Any ? [] : Cut(line, parts);
    }

    /// <summary>The parts of each amount sum to it, to the ten-thousandth.</summary>
    private static IEnumerable<(string Rep, CreditLine Line)> Cut(CreditLine line, IReadOnlyList<(string Rep, int Millionths)> parts)
    {
        decimal[] Parts(decimal whole)
        {
            var cut = new long[parts.Count];
            Allocation.ByShare(TenThousandths.From(whole), parts.Select(p => p.Millionths).ToArray(), cut);
            return [.. cut.Select(TenThousandths.ToDecimal)];
        }
        var (amounts, quantities, margins) = (Parts(line.Amount), Parts(line.Quantity), line.Margin is { } margin ? Parts(margin) : null);
        return parts.Select((p, i) => (p.Rep, line with { Share = p.Millionths / 1_000_000m, Amount = amounts[i], Quantity = quantities[i], Margin = margins?[i] }));
    }
}
