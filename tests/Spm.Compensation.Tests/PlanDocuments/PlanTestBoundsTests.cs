using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>The tests of a plan are calculated each time it is read: what would take too long is refused before it is.</summary>
public class PlanTestBoundsTests
{
    private const string Period = """ "rate": 10 """;
    private const string Deal = """ "per": "deal_in_order", "rate": 10 """;

    [Theory]
    [InlineData(Period, 5, 2000, 1, true)]
    [InlineData(Deal, 5, 2000, 1, true)]
    [InlineData(Deal, 100, 9000, 1, false)]
    [InlineData(Period, 100, 10, 200, true)]
    public void Deals_multiply_with_the_components_that_look_at_deals(string component, int components, int deals, int tests, bool isTaken)
    {
        var sales = string.Join(",", Enumerable.Range(0, deals).Select(i => $$"""{"date":"2025-01-10","amount":{{i}}}"""));
        Assert.Equal(isTaken ? null : ("tests_too_large", "/tests/0"), Read(component, components, string.Join(",", Enumerable.Range(0, tests).Select(i => Test($"t{i}", $"\"transactions\":[{sales}]")))));
    }

    [Fact]
    public void Reps_multiply_with_years()
    {
        var reps = string.Join(",", Enumerable.Range(0, 1500).Select(i => $$"""{"id":"r{{i}}"}"""));
        var years = string.Join(",", Enumerable.Range(2020, 10).Select(y => $"\"{y}-01-01\""));
        Assert.Null(Read(Period, 1, Test("one", $"\"reps\":[{reps}],\"transactions\":[]")));
        Assert.Equal(("tests_too_large", "/tests/1"), Read(Period, 1, Test("one", "\"transactions\":[]") + "," + Test("two", $"\"reps\":[{reps}],\"years\":[{years}],\"transactions\":[]")));
    }

    [Fact]
    public void A_line_of_reps_is_at_most_32_levels_high()
    {
        string Line(int levels) => Test("line", $"\"reps\":[{string.Join(",", Enumerable.Range(0, levels + 1).Select(i => i == 0 ? """{"id":"r0"}""" : $$"""{"id":"r{{i}}","manager":"r{{i - 1}}"}"""))}],\"transactions\":[]");
        Assert.Null(Read(Period, 1, Line(32)));
        Assert.Equal(("hierarchy_too_deep", "/tests/0/reps/33/manager"), Read(Period, 1, Line(33)));
    }

    [Theory]
    [InlineData("\"9999-01-01\"", "years_invalid", "/tests/0/years")]
    [InlineData("""{"start":"9995-01-04","pattern":"4-4-5"}""", "years_invalid", "/tests/0/years/0/start")]
    [InlineData("""{"start":"2025-01-01","pattern":"4-4-5"},"9999-12-01" """, "years_invalid", "/tests/0/years/1")]
    [InlineData("""{"start":"2025-01-05","pattern":"4-4-4"}""", "value_unknown", "/tests/0/years/0/pattern")]
    public void A_fiscal_year_has_days_that_can_be_written(string year, string code, string path) =>
        Assert.Equal((code, path), Read(Period, 1, Test("late", $"\"years\":[{year}],\"transactions\":[]")));

    private static string Test(string name, string members) => $$"""{"name":"{{name}}",{{members}},"expect":[{"period":"2025","is":0}]}""";

    private static (string Code, string Path)? Read(string component, int components, string tests)
    {
        var errors = new DocErrors();
        var all = string.Join(",", Enumerable.Range(0, components).Select(i => $$"""{"id":"c{{i}}","measure":"sales",{{component}} }"""));
        PlanReader.Read($$"""{"plan":"p","currency":"USD","versions":[{"effective_from":"2025-01-01","measures":[{"id":"sales","value":"amount"}],"components":[{{all}}]}],"tests":[{{tests}}]}""", errors);
        return errors.All.Count == 0 ? null : (errors.All.First().Code, errors.All.First().Path);
    }
}
