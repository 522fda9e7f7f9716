using System.Text.Json;
using System.Text.RegularExpressions;

namespace Spm.Platform.Tests.Laws;

/// <summary>
/// All that a tenant says of its results, as lines that do not depend on when and in what order things arrived: instants and ids are
/// left out, records are called by their external ids. Two histories that end alike have equal pictures.
/// </summary>
internal sealed partial class Picture
{
    private static readonly HashSet<string> Volatile = ["id", "updated_at", "recorded_at"];

    /// <summary>Closed months keep these as they were, so histories that closed at other times differ here, and here alone.</summary>
    private static readonly HashSet<string> Payments = ["status", "incentives", "adjustments", "carried_in", "carried_out", "payout"];

    private Picture(List<string> facts, List<string> money, SortedDictionary<string, decimal> earned, SortedDictionary<string, decimal> accounts)
    {
        (Facts, Money, Earned, Accounts) = (facts, money, earned, accounts);
    }

    /// <summary>Transactions, credits, problems, measurements, attainments and incentives.</summary>
    public IReadOnlyList<string> Facts { get; }

    /// <summary>Payouts, and the balance of every account in every month.</summary>
    public IReadOnlyList<string> Money { get; }

    /// <summary>Over all months by rep: what is paid and what is still carried.</summary>
    public SortedDictionary<string, decimal> Earned { get; }

    /// <summary>The balance of every account over all months.</summary>
    public SortedDictionary<string, decimal> Accounts { get; }

    public static async Task<Picture> OfAsync(LawTenant tenant)
    {
        await tenant.ExpectBalancedAsync();
        var names = new Dictionary<string, string>();
        var ids = new Dictionary<string, List<string>>();
        foreach (var collection in new[] { "reps", "territories", "measures", "plans", "accounts" })
        {
            var records = await tenant.ListAsync($"/v1/{collection}");
            ids[collection] = [.. records.Select(r => r.GetProperty("id").GetString()!)];
            foreach (var record in records)
            {
                names[record.GetProperty("id").GetString()!] = record.GetProperty("external_id").GetString()!;
            }
        }
        List<string> facts = [], money = [];
        void Add(List<string> to, string what, JsonElement element, HashSet<string>? without = null) => to.Add($"{what} {Text(element, names, without ?? Volatile)}");

        var transactions = await tenant.ListAsync("/v1/transactions");
        transactions.ForEach(t => names[t.GetProperty("id").GetString()!] = t.GetProperty("external_id").GetString()!);
        foreach (var transaction in transactions)
        {
            Add(facts, "transaction", transaction);
            var credits = await tenant.GetAsync($"/v1/transactions/{transaction.GetProperty("id").GetString()}/credits");
            Add(facts, "credits", credits);
            ExpectWhole(transaction, credits);
        }
        var problems = await tenant.ListAsync("/v1/problems");
        problems.ForEach(p => Add(facts, "problem", p));
        (await tenant.ListAsync("/v1/fx-rates")).ForEach(r => Add(facts, "rate", r));
        (await tenant.ListAsync("/v1/attainments?credits=direct,overlay,roll_up")).ForEach(a => Add(facts, "attainment", a));
        var books = await tenant.GetAsync("/v1/reconciliation");
        Add(facts, "reconciliation", books);
        ExpectReconciled(books, problems);
        foreach (var territory in ids["territories"])
        {
            Add(facts, "territory", await tenant.GetAsync($"/v1/territories/{territory}/live"));
        }
        HashSet<string> constant = [.. Volatile, .. Payments];
        foreach (var rep in ids["reps"])
        {
            var live = await tenant.GetAsync($"/v1/reps/{rep}/live");
            Add(facts, "rep", live, constant);
            Add(money, "rep", live);
        }
        foreach (var plan in ids["plans"])
        {
            Add(facts, "plan", await tenant.GetAsync($"/v1/plans/{plan}/live"));
        }
        var payouts = await tenant.ListAsync("/v1/payouts");
        payouts.ForEach(p => Add(money, "payout", p));
        var postings = await tenant.ListAsync("/v1/ledger/postings");
        var balances = Balances(postings, names);
        money.AddRange(balances.Where(b => b.Value != 0).Select(b => $"balance {b.Key.Account} {b.Key.Period} {b.Value}"));
        facts.Sort(StringComparer.Ordinal);
        money.Sort(StringComparer.Ordinal);
        return new Picture(
            facts,
            money,
            Sums(payouts.Select(p => (p.GetProperty("rep").GetProperty("external_id").GetString()!, Amount(p, "amount") + Amount(p, "carried_out") - Amount(p, "carried_in")))),
            Sums(balances.Select(b => (b.Key.Account, b.Value))));
    }

    /// <summary>Everything is equal.</summary>
    public static void ExpectEqual(Picture expected, Picture actual)
    {
        ExpectSameFacts(expected, actual);
        Assert.Equal(expected.Money, actual.Money);
    }

    /// <summary>Equal but for the months in which it is paid.</summary>
    public static void ExpectSameFacts(Picture expected, Picture actual)
    {
        Assert.Equal(expected.Facts, actual.Facts);
        Assert.Equal(expected.Earned, actual.Earned);
        Assert.Equal(expected.Accounts, actual.Accounts);
    }

    /// <summary>Direct credits and what is listed as credited to nobody are the transaction, to the last ten-thousandth.</summary>
    private static void ExpectWhole(JsonElement transaction, JsonElement credits)
    {
        if (transaction.GetProperty("deleted").GetBoolean())
        {
            Assert.Empty(credits.GetProperty("credits").EnumerateArray());
            return;
        }
        var direct = credits.GetProperty("credits").EnumerateArray().Where(c => c.GetProperty("kind").GetString() == "direct").Sum(c => Amount(c, "amount"));
        var lost = credits.GetProperty("problems").EnumerateArray().Where(p => IsCreditedToNobody(p)).Sum(p => decimal.Parse(p.GetProperty("amount_at_stake").GetString()!));
        if (credits.GetProperty("conversion") is not { ValueKind: JsonValueKind.Object } conversion)
        {
            Assert.Equal(Amount(transaction, "amount"), direct + lost);
            return;
        }
        // Credits are in the company's currency, what is lost in the transaction's own.
        var (original, converted, rate) = (Amount(conversion, "original"), Amount(conversion, "converted"), decimal.Parse(conversion.GetProperty("rate").GetString()!));
        Assert.Equal(Amount(transaction, "amount"), original);
        Assert.Equal(decimal.Round(original * rate, 4, MidpointRounding.ToEven), converted);
        if (lost == 0m || direct == 0m)
        {
            Assert.Equal(lost == 0m ? converted : 0m, direct);
        }
    }

    /// <summary>In every currency, what is credited to nobody is what problems list.</summary>
    private static void ExpectReconciled(JsonElement books, List<JsonElement> problems)
    {
        foreach (var sums in books.GetProperty("by_currency").EnumerateArray())
        {
            var currency = sums.GetProperty("currency").GetString();
            var listed = problems.Where(p => p.GetProperty("currency").GetString() == currency && IsCreditedToNobody(p)).Sum(p => decimal.Parse(p.GetProperty("amount").GetString()!));
            Assert.Equal(listed, Amount(sums, "uncredited"));
        }
    }

    private static bool IsCreditedToNobody(JsonElement problem) =>
        problem.GetProperty("code").GetString() is "uncredited" or "territory_without_owner" or "rep_not_employed" or "currency_without_rate";

    private static Dictionary<(string Account, string Period), decimal> Balances(List<JsonElement> postings, Dictionary<string, string> names)
    {
        Dictionary<(string, string), decimal> balances = [];
        foreach (var posting in postings)
        {
            var (period, amount) = (posting.GetProperty("period").GetString()!, Amount(posting, "amount"));
            Assert.True(amount > 0);
            foreach (var (side, sign) in new[] { ("debit", 1), ("credit", -1) })
            {
                var key = (Named(posting.GetProperty(side).GetString()!, names), period);
                balances[key] = balances.GetValueOrDefault(key) + sign * amount;
            }
        }
        return balances;
    }

    private static SortedDictionary<string, decimal> Sums(IEnumerable<(string Key, decimal Amount)> amounts) =>
        new(amounts.GroupBy(a => a.Key).Select(g => (g.Key, Sum: g.Sum(a => a.Amount))).Where(s => s.Sum != 0).ToDictionary(s => s.Key, s => s.Sum), StringComparer.Ordinal);

    private static decimal Amount(JsonElement element, string name) => decimal.Parse(element.GetProperty(name).GetProperty("amount").GetString()!);

    private static string Text(JsonElement element, Dictionary<string, string> names, HashSet<string> without) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(", ", element.EnumerateObject().Where(p => !without.Contains(p.Name)).Select(p => $"{p.Name}: {Text(p.Value, names, without)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", element.EnumerateArray().Select(e => Text(e, names, without))) + "]",
        _ => Named(element.ToString(), names),
    };

    private static string Named(string text, Dictionary<string, string> names) =>
        Id().Replace(text, m => names.GetValueOrDefault(m.Value, m.Value));

    [GeneratedRegex("(rep|ter|acc|msr|plan|txn)_[A-Za-z0-9_-]+")]
    private static partial Regex Id();
}
