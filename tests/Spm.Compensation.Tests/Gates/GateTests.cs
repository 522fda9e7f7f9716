using Spm.Compensation.Gates;
using Spm.Compensation.Quotas;
using Spm.Compensation.Tests.Quotas;

namespace Spm.Compensation.Tests.Gates;

public class GateTests
{
    private static readonly Gate Services = new("services", 80m, null);

    [Fact]
    public void A_gate_opens_at_its_percent()
    {
        Assert.True(Services.Admits(80m));
        Assert.False(Services.Admits(new Fraction(23_999, 300)));
        Assert.Null(Services.Admits(null));
    }

    [Fact]
    public void A_gate_of_which_nothing_is_known_says_so()
    {
        Assert.Equal([null, 200m], Earned(Services, null, true));
        Assert.Equal([null, null, 300m], Earned(Services with { OnceOpenStays = true }, null, false, true));
        Assert.Null(Services.IsOpen());
    }

    [Fact]
    public void All_gates_are_open_or_the_earning_is_held_back()
    {
        Assert.True(Gate.All());
        Assert.True(Gate.All(true, true));
        Assert.False(Gate.All(true, null, false));
        Assert.Null(Gate.All(true, null));
    }

    [Fact]
    public void A_gate_that_stays_open_is_open_whenever_one_that_does_not_is() => Property.Holds<bool[]>(months =>
    {
        bool?[] known = [.. months.Select(m => (bool?)m), true, .. months.Select(m => (bool?)m)];
        Assert.True((Services with { OnceOpenStays = true }).IsOpen(known));
        Assert.Equal(months.Length == 0 || months[^1], Services.IsOpen(known));
    });

    [Fact]
    public void The_rule_is_read_and_agrees_with_its_schema()
    {
        const string Text = """{"component": "services", "at": 80, "once_open_stays": true}""";
        Assert.Equal(Services with { OnceOpenStays = true }, Documented.Read(Text, Gate.Read));
        Assert.Equal("attainment('services') >= 80", Documented.Read("""{"when": "attainment('services') >= 80"}""", Gate.Read).When);
        Documented.Agrees(Gate.Schema, Gate.Read, Text, """{"when": "true"}""");
    }

    [Theory]
    [InlineData("""{}""", "gate_condition_missing")]
    [InlineData("""{"component": "x", "at": 1, "when": "true"}""", "gate_condition_twice")]
    [InlineData("""{"component": "x"}""", "field_missing")]
    [InlineData("""{"when": "true", "at": 80}""", "field_without_effect")]
    [InlineData("""{"component": "x", "at": 1001}""", "percent_out_of_range")]
    public void A_gate_that_is_none_is_refused(string text, string code) => Assert.Equal([code], Documented.Errors(text, Gate.Read));

    [Fact]
    public void A_gate_that_is_none_cannot_be_constructed()
    {
        Assert.Throws<ArgumentException>(() => new Gate(null, 0m, null));
        Assert.Throws<ArgumentException>(() => new Gate("x", 0m, "true"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gate("x", -1m, null));
    }

    /// <summary>What is earned to date behind the gate when each month earns 100.</summary>
    private static IEnumerable<decimal?> Earned(Gate gate, params bool?[] months) =>
        Enumerable.Range(1, months.Length).Select(n => Gate.Apply(n * 100m, gate.IsOpen(months.AsSpan(0, n))));
}
