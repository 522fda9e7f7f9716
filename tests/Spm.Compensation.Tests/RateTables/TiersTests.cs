using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Tests.RateTables;

public class TiersTests
{
    public static TheoryData<string?, int, Tier[]> Lists => new()
    {
        { null, 0, [new(0, null, 5)] },
        { null, 0, [new(0, 50, 5), new(50, 100, 0), new(100, null, 1000)] },
        { "tiers_count", 0, [] },
        { "tiers_count", 51, [.. Enumerable.Range(0, 51).Select(i => new Tier(i, i == 50 ? null : i + 1, 1))] },
        { "tiers_start_at_zero", 0, [new(1, null, 5)] },
        { "tiers_start_at_zero", 0, [new(-1, null, 5)] },
        { "tiers_have_a_gap", 1, [new(0, 50, 5), new(51, null, 10)] },
        { "tiers_have_a_gap", 1, [new(0, null, 5), new(50, null, 10)] },
        { "tiers_overlap", 1, [new(0, 50, 5), new(49, null, 10)] },
        { "tier_is_empty", 1, [new(0, 50, 5), new(50, 50, 10), new(50, null, 15)] },
        { "tier_is_empty", 0, [new(0, 0, 5), new(0, null, 15)] },
        { "rate_out_of_range", 1, [new(0, 50, 5), new(50, null, -0.01m)] },
        { "rate_out_of_range", 0, [new(0, null, 1000.01m)] },
        { "tiers_have_no_end", 1, [new(0, 50, 5), new(50, 100, 10)] },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_of_tiers_keeps_every_rule_or_names_the_one_it_breaks(string? code, int index, Tier[] tiers)
    {
        var broken = Tiers.Check(tiers);
        Assert.Equal(code, broken?.Code);
        Assert.Equal(index, broken?.Index ?? 0);
        if (broken is not null)
        {
            Assert.Throws<ArgumentException>(() => new StepTable(tiers));
        }
    }

    [Fact]
    public void Fifty_tiers_are_allowed() =>
        Assert.Null(Tiers.Check([.. Enumerable.Range(0, 50).Select(i => new Tier(i, i == 49 ? null : i + 1, 1))]));
}
