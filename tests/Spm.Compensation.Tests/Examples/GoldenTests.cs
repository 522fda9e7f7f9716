using System.Text.Json;
using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Step;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Examples;

/// <summary>Examples published by others, each named by its id in golden/examples.json. Skipped where that file is not at hand.</summary>
public class GoldenTests
{
    /// <summary>Against a quota of 100 a percent of quota is an amount, so tiers of amounts can be told as they were printed.</summary>
    private const decimal Amounts = 100m;

    private static readonly string[] MonthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    [Fact]
    public void G01_each_transaction_on_its_own_is_paid_band_by_band()
    {
        var (inputs, expected) = Example("G01");
        var table = Table(inputs.GetProperty("tiers_amount"));
        var paid = inputs.GetProperty("transactions").EnumerateArray().ToDictionary(t => t[0].GetString()!, t => table.Earn(t[2].GetDecimal(), Amounts));
        Assert.Equal(Numbers(expected.GetProperty("per_transaction")), paid);
        Assert.Equal(expected.GetProperty("total_quarter").GetDecimal(), paid.Values.Sum());
    }

    [Fact]
    public void G03_an_amount_is_laid_on_the_steps_it_crosses()
    {
        var (inputs, expected) = Example("G03");
        var table = Table(inputs.GetProperty("tiers_amount"));
        foreach (var allocation in expected.GetProperty("step_allocation").EnumerateObject())
        {
            List<Band> bands = [];
            table.Earn(decimal.Parse(allocation.Name), Amounts, bands);
            Assert.Equal(allocation.Value.EnumerateArray().Select(b => (b[0].GetDecimal(), b[1].GetDecimal())), bands.Select(b => (b.Amount, b.Rate)));
        }
    }

    [Fact]
    public void G08_months_are_paid_at_the_rate_of_the_quarter_to_date()
    {
        var (inputs, expected) = Example("G08");
        var quotas = Book([.. Numbers(inputs.GetProperty("quota")).Select(q => ($"2025-{q.Key}", q.Value))]);
        var revenue = Credited([.. Numbers(inputs.GetProperty("revenue")).Select(r => (Array.IndexOf(MonthNames, r.Key) + 1, r.Value))]);
        var commission = Numbers(expected.GetProperty("commission"));
        var year = Calculate(Plan("g08", Table(inputs.GetProperty("tiers_attainment_pct")), "quarter"), revenue, quotas);
        Assert.Equal(commission, MonthNames.Zip(Paid(year, 12)).Take(commission.Count).ToDictionary(m => m.First, m => m.Second));
        Assert.Equal(expected.GetProperty("total").GetDecimal(), Paid(year, 12).Sum());
    }

    [Fact]
    public void G11_incremental_tiers_reprice_only_the_excess()
    {
        var (inputs, expected) = Example("G11");
        List<Band> bands = [];
        var earned = Table(inputs.GetProperty("tiers_amount")).Earn(inputs.GetProperty("sales").GetDecimal(), Amounts, bands);
        Assert.Equal(expected.GetProperty("incremental").GetDecimal(), earned);
        Assert.Equal(expected.GetProperty("incremental_parts").EnumerateArray().Select(p => p.GetDecimal()), bands.Select(b => b.Earned));
    }

    [Fact]
    public void G15_an_accelerator_multiplies_the_base_rate_above_quota()
    {
        var (inputs, expected) = Example("G15");
        var quota = inputs.GetProperty("quota").GetDecimal();
        var baseRate = inputs.GetProperty("target_variable").GetDecimal() / quota * 100m;
        StepTable table = new([.. inputs.GetProperty("multipliers").EnumerateArray().Select(m => new Tier(
            m.GetProperty("from_pct").GetDecimal(), End(m, "to_pct"), baseRate * m.GetProperty("x").GetDecimal()))]);
        List<Band> bands = [];
        Assert.Equal(expected.GetProperty("total").GetDecimal(), table.Earn(inputs.GetProperty("bookings").GetDecimal(), quota, bands));
        Assert.Equal([expected.GetProperty("base").GetDecimal(), expected.GetProperty("accelerated").GetDecimal()], bands.Select(b => b.Earned));
    }

    [Fact]
    public void G23_a_split_deal_is_credited_and_paid_by_share()
    {
        var (inputs, expected) = Example("G23");
        var shares = Numbers(inputs.GetProperty("split_pct"));
        var deal = Sale(inputs.GetProperty("deal").GetDecimal()) with { Splits = [.. shares.Values.Select((percent, rep) => new SplitPart(rep, Millionths(percent)))] };
        var result = new CreditResult();
        CreditRules.Credit(deal, new Roster([.. shares.Select(_ => Rep())], [], []), result);
        var credited = shares.Keys.Zip(result.Credits).ToDictionary(c => c.First, c => TenThousandths.ToDecimal(c.Second.Amount));
        Assert.Equal(Numbers(expected.GetProperty("credit")), credited);
        StepTable table = new([new(0, null, inputs.GetProperty("rate_pct").GetDecimal())]);
        Assert.Equal(Numbers(expected.GetProperty("commission")), credited.ToDictionary(c => c.Key, c => table.Earn(c.Value, Amounts)));
    }

    [Fact]
    public void A09_batches_cannot_change_what_is_measured()
    {
        var (inputs, _) = Example("A09", "counter_examples");
        var bookings = Revenue with { No = 2, Name = "bookings", Value = MeasureValue.Quantity };
        Transaction Of(string month, JsonElement rev, JsonElement book) => new()
        {
            Kind = TransactionKind.Order,
            Date = Day($"2025-{month}-01"),
            Rep = 0,
            Amount = Scaled(rev),
            Quantity = Scaled(book),
        };
        Transaction[] deals =
        [
            Of("01", inputs.GetProperty("jan_revenue"), default),
            Of("02", default, inputs.GetProperty("feb_bookings")),
            .. inputs.GetProperty("mar_batch1").EnumerateArray().Select(d => Of("03", d.GetProperty("rev"), d.TryGetProperty("book", out var book) ? book : default)),
        ];
        var results = new[] { new[] { deals }, deals.Chunk(1), deals.Chunk(2), deals.Reverse().Chunk(3), [[deals[3], deals[0]], [deals[1], deals[2]]] }
            .Select(batches => Measure(batches, [Revenue, bookings])).ToArray();
        Assert.All(results, r => Assert.Equal((200m, 150m), r));
    }

    private static (decimal, decimal) Measure(IEnumerable<Transaction[]> batches, Measure[] measures)
    {
        var roster = new Roster([Rep()], [], []);
        var sums = new Measurements();
        foreach (var batch in batches)
        {
            var changes = new MeasurementChanges();
            var result = new CreditResult();
            foreach (var deal in batch)
            {
                result.Clear();
                CreditRules.Credit(deal, roster, result);
                changes.Apply(deal, deal.Date.Month, result.Credits, roster, measures, 1);
            }
            foreach (var (key, change) in changes.All)
            {
                sums.Add(key.Measure, key.Month, change);
            }
        }
        decimal Total(int measure) => TenThousandths.ToDecimal(sums.All().Where(m => m.Measure == measure).Sum(m => m.Value.Direct));
        return (Total(measures[0].No), Total(measures[1].No));
    }

    private static long Scaled(JsonElement number) => number.ValueKind == JsonValueKind.Undefined ? 0 : TenThousandths.From(number.GetDecimal());

    /// <summary>A source that ends its last tier says nothing of amounts above it: here the tier goes on.</summary>
    private static StepTable Table(JsonElement tiers)
    {
        Tier[] read = [.. tiers.EnumerateArray().Select(t => new Tier(t.GetProperty("from").GetDecimal(), End(t, "to"), t.GetProperty("rate_pct").GetDecimal()))];
        return new StepTable([.. read.SkipLast(1), read[^1] with { To = null }]);
    }

    private static decimal? End(JsonElement tier, string name) => tier.GetProperty(name) is { ValueKind: JsonValueKind.Number } to ? to.GetDecimal() : null;

    private static Dictionary<string, decimal> Numbers(JsonElement map) => map.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDecimal());

    private static (JsonElement Inputs, JsonElement Expected) Example(string id, string list = "examples")
    {
        var file = Repository.Shared(Path.Combine("golden", "examples.json"));
        Assert.SkipWhen(file is null, "The published examples are not beside the repository; SPM_SHARED names their folder.");
        using var document = JsonDocument.Parse(File.ReadAllText(file!));
        var example = document.RootElement.GetProperty(list).EnumerateArray().Single(e => e.GetProperty("id").GetString() == id).Clone();
        return (example.GetProperty("inputs"), example.TryGetProperty("expected", out var expected) ? expected : default);
    }
}
