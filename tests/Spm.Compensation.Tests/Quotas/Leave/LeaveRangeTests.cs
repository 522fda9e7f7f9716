using Spm.Compensation.Quotas.Leave;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Quotas.Leave;

public class LeaveRangeTests
{
    private const string Text = """
        [
          {"from": "2025-03-01", "to": "2025-06-01", "effect": "exclude"},
          {"from": "2025-06-01", "to": "2025-06-16", "effect": "credit_at_target"},
          {"from": "2025-09-01", "effect": "none"}
        ]
        """;

    [Fact]
    public void Leaves_are_read_and_agree_with_their_schema()
    {
        LeaveRange[] expected =
        [
            new(From("2025-03-01", "2025-06-01"), LeaveEffect.Exclude),
            new(From("2025-06-01", "2025-06-16"), LeaveEffect.CreditAtTarget),
            new(From("2025-09-01"), LeaveEffect.None),
        ];
        Assert.Equal(expected, Documented.Read(Text, LeaveRange.Read));
        Documented.Agrees(LeaveRange.Schema, LeaveRange.Read, Text);
    }

    [Fact]
    public void Each_effect_has_its_own_days()
    {
        var leaves = Documented.Read(Text, LeaveRange.Read);
        Assert.Equal(92, LeaveRange.Days(leaves, LeaveEffect.Exclude).CountIn(Year.Period.From, Year.Period.To));
        Assert.Equal(15, LeaveRange.Days(leaves, LeaveEffect.CreditAtTarget).CountIn(Year.Period.From, Year.Period.To));
    }

    [Theory]
    [InlineData("""[{"from": "2025-03-01", "to": "2025-03-01", "effect": "none"}]""", "range_is_empty")]
    [InlineData("""[{"from": "2025-03-01", "effect": "none"}, {"from": "2025-04-01", "effect": "exclude"}]""", "leaves_overlap")]
    [InlineData("""[{"from": "2025-03-01"}]""", "field_missing")]
    [InlineData("""{"from": "2025-03-01"}""", "leaves_count")]
    public void Leaves_that_cannot_be_are_refused(string text, string code) => Assert.Equal([code], Documented.Errors(text, LeaveRange.Read));
}
