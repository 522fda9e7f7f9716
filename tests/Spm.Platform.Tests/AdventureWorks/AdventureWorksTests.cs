using System.Text.Json;
using Spm.Client;
using Spm.Platform.Tests.Support;
using Spm.Samples.AdventureWorks;
using static Spm.Platform.Tests.AdventureWorks.AdventureWorksCompany;

namespace Spm.Platform.Tests.AdventureWorks;

/// <summary>
/// Three years of a company with 31,465 orders, against figures computed from the same files without the platform. Orders have
/// amounts of four decimals; every sum is exact.
/// </summary>
public sealed class AdventureWorksTests(AdventureWorksCompany company) : IClassFixture<AdventureWorksCompany>
{
    private const int ListedOutside = 676, WithoutSeller = 27_659;

    [Fact]
    public async Task Every_order_came_in_and_is_credited_or_listed_with_its_money()
    {
        company.SkipUnlessLoaded();
        var totals = company.Reference("F1_totals");
        var (orders, subTotal) = (Number(totals, "orders"), Number(totals, "subtotal"));
        var (sold, soldSubTotal) = (Number(totals, "orders_with_salesperson"), Number(totals, "subtotal_with_salesperson"));
        var books = await company.Client.Results.ReconciliationAsync();

        Assert.Equal(orders, company.Jobs[ImportEntity.Transactions].Rows.Created);
        Assert.Equal(new Tally((long)orders, subTotal), books.Transactions);
        Assert.Equal(new Tally((long)sold, soldSubTotal), books.Credited);
        Assert.Equal(new Tally(WithoutSeller, subTotal - soldSubTotal), books.Uncredited);
        Assert.Equal(new ProblemSummary("uncredited", WithoutSeller, subTotal - soldSubTotal, "USD"), await SummaryAsync("uncredited"));
    }

    [Fact]
    public async Task All_163_attainments_are_right_to_the_fourth_decimal()
    {
        company.SkipUnlessLoaded();
        var reference = company.Reference("F3_quarter_attainment");
        var rows = reference.GetProperty("rows").EnumerateArray().ToList();
        string[] starts = Starts(rows);
        var expected = rows.Select(r => Line(r.GetProperty("id").GetString()!, Quarter(r, starts), Number(r, "quota"), Number(r, "sales"), Number(r, "attainment_pct")));

        List<string> actual = [];
        foreach (var quarter in rows.Select(r => Quarter(r, starts)).Distinct())
        {
            await foreach (var one in company.Client.Results.AttainmentsAsync(quarter, AdventureWorksLoader.Measure))
            {
                actual.Add(Line(one.Rep.ExternalId!, one.Period, one.Quota, one.Credited, decimal.Round(one.Percent!.Value, 4)));
            }
        }

        Assert.Equal(163, rows.Count);
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        Assert.Equal(Number(reference, "total_sales_in_quota_windows"), rows.Sum(r => Number(r, "sales")));

        static string Line(string rep, string quarter, decimal quota, decimal sales, decimal percent) =>
            $"{rep} {quarter}: {sales:0.0000} of {quota:0.0000} = {percent:0.0000} %";
    }

    [Fact]
    public async Task All_ten_territories_have_their_orders_and_subtotals()
    {
        company.SkipUnlessLoaded();
        var rows = company.Reference("F4_territory").GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(10, rows.Count);
        foreach (var row in rows)
        {
            var id = await company.Client.Setup.FindTerritoryAsync(AdventureWorksLoader.Source, row.GetProperty("id").GetString()!);
            var months = (await company.Client.Results.TerritoryLiveAsync(id!)).Measures.Single().Periods;
            Assert.Equal(Number(row, "orders"), months.Sum(m => m.Own.Count));
            Assert.Equal(Number(row, "subtotal"), months.Sum(m => m.Own.Amount));
        }
    }

    [Fact]
    public async Task The_groups_above_the_territories_roll_up_what_is_below_them()
    {
        company.SkipUnlessLoaded();
        foreach (var group in company.Reference("F4_territory").GetProperty("rows").EnumerateArray().GroupBy(r => r.GetProperty("group").GetString()!))
        {
            var id = await company.Client.Setup.FindTerritoryAsync(AdventureWorksLoader.Source, group.Key);
            var months = (await company.Client.Results.TerritoryLiveAsync(id!)).Measures.Single().Periods;
            Assert.Equal(group.Sum(r => Number(r, "orders")), months.Sum(m => m.RollUp.Count));
            Assert.Equal(group.Sum(r => Number(r, "subtotal")), months.Sum(m => m.RollUp.Amount));
            Assert.All(months, m => Assert.Equal(0, m.Own.Count));
        }
    }

    [Fact]
    public async Task Each_sellers_orders_inside_and_outside_the_territory_are_told_apart()
    {
        company.SkipUnlessLoaded();
        var reference = company.Reference("F6_territory_assignment_crediting");
        var outside = (await company.Client.Results.ProblemsAsync("outside_territory").ToListAsync()).ToDictionary(p => p.Transaction!);
        Assert.Equal(ListedOutside, outside.Count);
        Assert.Equal(new ProblemSummary("outside_territory", ListedOutside, Number(reference, "outside_subtotal"), "USD"), await SummaryAsync("outside_territory"));

        var sellers = (await company.Platform.AllAsync("/v1/reps?limit=1000")).ToDictionary(r => r.Text("id"), r => r.Text("external_id"));
        var orders = (await company.Platform.AllAsync("/v1/transactions?limit=1000"))
            .Where(t => t.GetProperty("rep").ValueKind == JsonValueKind.String)
            .ToLookup(t => sellers[t.Text("rep")], t => (Outside: outside.GetValueOrDefault(t.Text("id")), Amount: t.Money("amount")));
        var persons = reference.GetProperty("per_person").EnumerateObject().ToList();
        Assert.Equal(17, persons.Count);
        foreach (var person in persons)
        {
            var (inside, out_) = (orders[person.Name].Where(o => o.Outside is null).ToList(), orders[person.Name].Where(o => o.Outside is not null).ToList());
            Assert.Equal(Number(person.Value, "in_orders"), inside.Count);
            Assert.Equal(Number(person.Value, "in"), inside.Sum(o => o.Amount));
            Assert.Equal(Number(person.Value, "out_orders"), out_.Count);
            Assert.Equal(Number(person.Value, "out"), out_.Sum(o => o.Amount));
            Assert.All(out_, o => Assert.Equal((person.Name, o.Amount), (o.Outside!.Rep!.ExternalId, o.Outside.Amount)));
        }
    }

    [Fact]
    public async Task What_the_payouts_pay_is_what_the_quarters_earn_and_the_books_balance()
    {
        company.SkipUnlessLoaded();
        // 1 % to 80 % of quota, 1.5 % to 100 %, 3 % above: of each quarter on its own, rounded once a fiscal year, from the reference alone.
        var rows = company.Reference("F3_quarter_attainment").GetProperty("rows").EnumerateArray().ToList();
        string[] starts = Starts(rows);
        var earned = rows.GroupBy(r => r.GetProperty("id").GetString()!).ToDictionary(
            g => g.Key,
            g => g.GroupBy(r => Quarter(r, starts)[..4]).Sum(year => decimal.Round(year.Sum(r => Earned(Number(r, "sales"), Number(r, "quota"))), 2)));
        var payouts = (await company.Platform.AllAsync("/v1/payouts?limit=1000"))
            .GroupBy(p => p.GetProperty("rep").Text("external_id"))
            .ToDictionary(g => g.Key, g => g.Sum(p => p.Money("incentives")));

        Assert.Equal(earned.OrderBy(e => e.Key), payouts.OrderBy(p => p.Key));
        var balance = (await company.Platform.GetAsync("/v1/ledger/trial-balance")).Expect(200).Json;
        Assert.True(balance.GetProperty("balanced").GetBoolean());
        Assert.Equal(earned.Values.Sum(), decimal.Parse(Account(balance, "commission_expense").Text("balance")));

        static decimal Earned(decimal sales, decimal quota) =>
            Math.Min(sales, 0.8m * quota) * 0.01m + Math.Clamp(sales - 0.8m * quota, 0m, 0.2m * quota) * 0.015m + Math.Max(0m, sales - quota) * 0.03m;

        static JsonElement Account(JsonElement balance, string name) => balance.GetProperty("accounts").EnumerateArray().Single(a => a.Text("account") == name);
    }

    private static string[] Starts(IEnumerable<JsonElement> rows) => [.. rows.Select(r => r.GetProperty("quota_date").GetString()!).Distinct().Order()];

    /// <summary>The twelve quota dates are the quarters of three fiscal years, named after the year they end in.</summary>
    private static string Quarter(JsonElement row, string[] starts)
    {
        var no = Array.IndexOf(starts, row.GetProperty("quota_date").GetString());
        return $"{2012 + no / 4}-Q{no % 4 + 1}";
    }

    private async Task<ProblemSummary> SummaryAsync(string code) => await company.Client.Results.ProblemSummaryAsync().SingleAsync(s => s.Code == code);
}
