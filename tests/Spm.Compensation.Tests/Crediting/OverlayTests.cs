using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Crediting;

/// <summary>California (1) lies in West (0). Rep 0 owns it; 1, 2 and 3 are specialists.</summary>
public class OverlayTests
{
    private const int West = 0, California = 1;

    [Fact]
    public void An_overlay_is_credited_beside_the_owner_and_takes_nothing_away() =>
        Assert.Equal([(0, CreditKind.Direct, 100m), (1, CreditKind.Overlay, 30m)], Credits(Sale(100) with { Territory = California }, [], [Overlay(1, 30)]));

    [Fact]
    public void Overlays_of_the_territories_above_are_credited_too()
    {
        Coverage[] west = [Overlay(1), Overlay(2, 10)];
        Assert.Equal([1, 2], Overlays(Sale(100) with { Territory = California }, west, []));
        Assert.Equal([1, 2], Overlays(Sale(100) with { Territory = West }, west, [Overlay(3)]));
    }

    [Fact]
    public void An_overlay_limited_to_products_is_credited_for_those_alone()
    {
        Coverage[] specialists = [Overlay(1, 100, null, "security", "backup"), Overlay(2)];
        Assert.Equal([1, 2], Overlays(Sale(100) with { Territory = California, Product = "security" }, [], specialists));
        Assert.Equal([2], Overlays(Sale(100) with { Territory = California, Product = "storage" }, [], specialists));
        Assert.Equal([2], Overlays(Sale(100) with { Territory = California }, [], specialists));
    }

    [Fact]
    public void An_overlay_is_credited_while_assigned_and_employed()
    {
        Coverage[] dated = [Overlay(1, 100, From("2025-02-11")), Overlay(2, 100, From("2025-02-10", "2025-02-11"))];
        Assert.Equal([2], Overlays(Sale(100) with { Territory = California }, [], dated));
        Assert.Equal([1], Overlays(Sale(100, "2025-02-11") with { Territory = California }, [], dated));
        Assert.Empty(Overlays(Sale(100, "2019-12-31") with { Territory = California }, [], [Overlay(3)]));
    }

    [Fact]
    public void A_house_deal_still_credits_overlays() =>
        Assert.Equal([1], Overlays(Sale(100) with { Territory = California, House = true }, [], [Overlay(1)]));

    [Fact]
    public void Without_a_territory_there_are_no_overlays() =>
        Assert.Empty(Overlays(Sale(100) with { Rep = 0 }, [Overlay(1)], [Overlay(2)]));

    [Fact]
    public void What_names_nobody_is_credited_to_the_overlays_of_its_deal()
    {
        Coverage[] specialists = [Overlay(1, 30, From("2025-01-01", "2025-03-01"), "security"), Overlay(2, 10, null, "storage")];
        var deal = Sale(100, "2025-02-10") with { Territory = California, Product = "security" };
        Assert.Equal([(0, CreditKind.Direct, 50m), (1, CreditKind.Overlay, 15m)], Credits(Sale(50, "2025-03-10") with { Deal = deal, Product = "storage" }, [], specialists));
    }

    [Fact]
    public void A_territory_tree_in_a_circle_is_an_error_and_not_many_credits()
    {
        var circle = new Roster([Rep(), Rep()], [Territory(1, Owner(0)), Territory(0, Overlay(1))], []);
        Assert.Throws<InvalidOperationException>(() => CreditRules.Credit(Sale(100) with { Territory = 0 }, circle, new CreditResult()));
        Assert.Throws<InvalidOperationException>(() => circle.Covers(7, 0, Day("2025-01-01")));
    }

    private static int[] Overlays(Transaction deal, Coverage[] west, Coverage[] california) =>
        [.. Credits(deal, west, california).Where(c => c.Kind == CreditKind.Overlay).Select(c => c.Rep)];

    private static (int Rep, CreditKind Kind, decimal Amount)[] Credits(Transaction deal, Coverage[] west, Coverage[] california)
    {
        var recent = new RepFacts(From("2020-01-01"), Rep().Managers);
        var roster = new Roster([Rep(), Rep(), Rep(), recent], [Territory(Roster.None, west), Territory(West, [Owner(0), .. california])], []);
        var result = new CreditResult();
        CreditRules.Credit(deal, roster, result);
        return [.. result.Credits.Select(c => (c.Rep, c.Kind, TenThousandths.ToDecimal(c.Amount)))];
    }
}
