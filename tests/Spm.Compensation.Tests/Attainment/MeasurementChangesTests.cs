using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Attainment;

/// <summary>Rep 0 reports to 1 until 15 February, then to 2; both report to 3. California (1) lies in West (0).</summary>
public class MeasurementChangesTests
{
    private const int California = 1;

    private static readonly Roster Company = new(
        [new RepFacts(DateRange.Always, Dated((From("2025-01-01", "2025-02-15"), 1), (From("2025-02-15"), 2))), Rep(3), Rep(3), Rep(), Rep(1)],
        [Territory(Roster.None), Territory(0, Owner(0), Overlay(4, 25))],
        []);

    [Fact]
    public void Credits_roll_up_to_the_managers_of_the_deals_day()
    {
        var changes = new MeasurementChanges();
        Apply(changes, Sale(100, "2025-02-14") with { Rep = 0 });
        Apply(changes, Sale(10, "2025-02-15") with { Rep = 0 });
        Assert.Equal(110m, Of(changes, 0).Direct);
        Assert.Equal(100m, Of(changes, 1).RollUp);
        Assert.Equal(10m, Of(changes, 2).RollUp);
        Assert.Equal(110m, Of(changes, 3).RollUp);
    }

    [Fact]
    public void A_manager_in_the_split_gets_the_own_part_directly_and_the_rest_by_roll_up()
    {
        var changes = new MeasurementChanges();
        Apply(changes, Sale(100) with { Splits = [new(0, Millionths(70)), new(1, Millionths(30))] });
        Assert.Equal((30m, 70m), Of(changes, 1));
        Assert.Equal((0m, 100m), Of(changes, 3));
    }

    [Fact]
    public void An_overlays_credit_stays_with_the_overlay()
    {
        var changes = new MeasurementChanges();
        Apply(changes, Sale(100) with { Territory = California });
        Assert.Equal(TenThousandths.From(25), changes.All[Key(SubjectKind.Rep, 4)].Overlay);
        Assert.Equal(100m, Of(changes, 1).RollUp);
    }

    [Fact]
    public void Territories_roll_up_the_tree_also_for_house_deals()
    {
        var changes = new MeasurementChanges();
        Apply(changes, Sale(100) with { Territory = California, House = true });
        Assert.Equal(TenThousandths.From(100), changes.All[Key(SubjectKind.Territory, California)].Direct);
        Assert.Equal(TenThousandths.From(100), changes.All[Key(SubjectKind.Territory, 0)].RollUp);
    }

    [Fact]
    public void Another_currency_reaches_no_territory_either()
    {
        var changes = new MeasurementChanges();
        Apply(changes, Sale(100) with { Territory = California, InCompanyCurrency = false });
        Assert.Empty(changes.All);
    }

    [Fact]
    public void Taking_away_what_was_added_leaves_nothing()
    {
        var changes = new MeasurementChanges();
        var deal = Sale(100) with { Territory = California, Splits = [new(0, Millionths(33.3333m)), new(1, Millionths(66.6667m))] };
        Apply(changes, deal);
        Assert.Contains(changes.All.Values, v => !v.IsEmpty);
        Apply(changes, deal, -1);
        Assert.All(changes.All.Values, v => Assert.True(v.IsEmpty));
        changes.Clear();
        Assert.Equal(0, changes.Count);
    }

    [Fact]
    public void A_measure_counts_its_kinds_and_its_products_only()
    {
        var backup = Revenue with { No = 9, Products = new HashSet<string> { "backup" } };
        Assert.True(backup.Counts(Sale(1) with { Product = "backup" }));
        Assert.False(backup.Counts(Sale(1) with { Product = "storage" }));
        Assert.False(backup.Counts(Sale(1)));
        Assert.False(Revenue.Counts(Sale(1) with { Kind = TransactionKind.Invoice }));
    }

    [Fact]
    public void A_measure_copied_with_other_kinds_counts_those()
    {
        var invoiced = Revenue with { Kinds = new HashSet<TransactionKind> { TransactionKind.Invoice } };
        Assert.True(invoiced.Counts(Sale(1) with { Kind = TransactionKind.Invoice }));
        Assert.False(invoiced.Counts(Sale(1)));
    }

    [Fact]
    public void A_split_deal_is_one_deal_for_the_manager_and_a_refund_takes_one_away()
    {
        var changes = new MeasurementChanges();
        var split = Sale(90) with { Splits = [new(0, Millionths(33.3333m)), new(4, Millionths(33.3333m)), new(1, Millionths(33.3334m))] };
        Apply(changes, split);
        Assert.Equal(1m, Of(changes, 3, Deals).RollUp);
        Apply(changes, split with { Kind = TransactionKind.Refund, Amount = -split.Amount });
        Assert.Equal(0m, Of(changes, 3, Deals).RollUp);
    }

    [Fact]
    public void A_hierarchy_in_a_circle_is_an_error_and_not_many_credits()
    {
        var circle = new Roster([Rep(1), Rep(0)], [], []);
        Assert.Throws<InvalidOperationException>(() =>
            new MeasurementChanges().Apply(Sale(1), Month(2), [new Credit(0, CreditKind.Direct, Share.Whole, 1, 0, 0)], circle, [Revenue], 1));
    }

    [Fact]
    public void A_hierarchy_of_the_greatest_depth_rolls_up_to_the_top()
    {
        var tall = new Roster([.. Enumerable.Range(0, Roster.MaxDepth + 1).Select(i => Rep(i == Roster.MaxDepth ? Roster.None : i + 1))], [], []);
        var changes = new MeasurementChanges();
        changes.Apply(Sale(1), Month(2), [new Credit(0, CreditKind.Direct, Share.Whole, 10_000, 0, 0)], tall, [Revenue], 1);
        Assert.Equal(1m, Of(changes, Roster.MaxDepth).RollUp);
    }

    private static void Apply(MeasurementChanges changes, Transaction deal, int sign = 1)
    {
        var result = new CreditResult();
        CreditRules.Credit(deal, Company, result);
        changes.Apply(deal, Month(2), result.Credits, Company, [Revenue, Deals], sign);
    }

    private static MeasurementKey Key(SubjectKind kind, int subject, Measure? measure = null) => new(kind, subject, (measure ?? Revenue).No, Month(2));

    private static (decimal Direct, decimal RollUp) Of(MeasurementChanges changes, int rep, Measure? measure = null)
    {
        var value = changes.All.GetValueOrDefault(Key(SubjectKind.Rep, rep, measure));
        return (TenThousandths.ToDecimal(value.Direct), TenThousandths.ToDecimal(value.RollUp));
    }
}
