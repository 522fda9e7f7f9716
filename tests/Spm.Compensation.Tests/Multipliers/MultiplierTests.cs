using FsCheck.Fluent;
using Spm.Compensation.Multipliers;
using Spm.Compensation.Quotas;
using Spm.Compensation.Tests.Quotas;

namespace Spm.Compensation.Tests.Multipliers;

public class MultiplierTests
{
    private const string ByMargin = """
        {
          "figure": "margin / revenue * 100",
          "mode": "flat",
          "tiers": [{"to": 5, "rate": 50}, {"from": 5, "to": 10, "rate": 75}, {"from": 10, "to": 20, "rate": 100}, {"from": 20, "to": 30, "rate": 115}, {"from": 30, "rate": 125}]
        }
        """;

    private static readonly Multiplier Margin = Documented.Read(ByMargin, Multiplier.Read);

    [Fact]
    public void A_figure_that_is_not_known_or_outside_of_all_tiers_pays_nothing_that_is_known()
    {
        Assert.Null(Margin.Apply(1_000m, null));
        Assert.Null(Documented.Read("""{"figure": "x", "tiers": [{"from": 0, "rate": 100}]}""", Multiplier.Read).Apply(1_000m, -1m));
    }

    [Fact]
    public void An_interpolated_percent_is_divided_last()
    {
        var line = Documented.Read("""{"figure": "x", "mode": "interpolated", "tiers": [{"from": 0, "to": 3, "rate": 0}, {"from": 3, "rate": 100}]}""", Multiplier.Read);
        Assert.Equal(300m, line.Apply(900m, 1m));
        Assert.Equal(new Fraction(100, 3), line.PercentOf(1m));
    }

    [Fact]
    public void Earnings_are_scaled_and_added_in_any_order() => Property.Holds(Gen.ArrayOf(Gen.Choose(-10_000, 10_000), 3), c =>
    {
        var (a, b, margin) = (c[0], c[1], (Fraction)(c[2] / 100m));
        Assert.Equal(Margin.Apply(a + b, margin), Margin.Apply(a, margin) + Margin.Apply(b, margin));
        Assert.Equal(Margin.Apply(-a, margin), -Margin.Apply(a, margin));
    });

    [Fact]
    public void The_schema_names_what_is_read() => Documented.Agrees(Multiplier.Schema, Multiplier.Read, ByMargin);

    [Theory]
    [InlineData("""{"tiers": [{"rate": 1}]}""", "field_missing")]
    [InlineData("""{"figure": "x", "tiers": []}""", "tiers_count")]
    [InlineData("""{"figure": "x", "tiers": 5}""", "type_mismatch")]
    [InlineData("""{"figure": "x", "tiers": [{"rate": -1}]}""", "rate_out_of_range")]
    [InlineData("""{"figure": "x", "tiers": [{"from": 0, "to": 1, "rate": 1}, {"from": 2, "rate": 1}]}""", "tiers_have_a_gap")]
    [InlineData("""{"figure": "x", "tiers": [{"percent": 1}]}""", "field_missing", "field_unknown")]
    public void A_multiplier_that_is_none_is_refused(string text, params string[] codes) =>
        Assert.Equal(codes.Order(), Documented.Errors(text, Multiplier.Read).Order());
}
