using Spm.Compensation.Expressions;
using Spm.Compensation.Lookups;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Tests.Exactness;

namespace Spm.Compensation.Tests.Lookups;

public class LookupTableTests
{
    [Theory]
    [InlineData("""{ "id": "t" }""", "lookup_needs_values_or_tiers")]
    [InlineData("""{ "id": "t", "values": { "a": 1 }, "tiers": [{ "value": 1 }] }""", "lookup_needs_values_or_tiers")]
    [InlineData("""{ "id": "t", "values": {} }""", "count_out_of_range")]
    [InlineData("""{ "id": "t", "values": { "a": "x" } }""", "type_mismatch")]
    [InlineData("""{ "id": "t", "values": { "a": 1 }, "mode": "flat" }""", "lookup_mode_needs_tiers")]
    [InlineData("""{ "id": "t", "tiers": [{ "to": 1, "value": 1 }, { "from": 2, "value": 2 }] }""", "tiers_have_a_gap")]
    [InlineData("""{ "id": "t", "values": { "a": 1 }, "else": 2 }""", "field_unknown")]
    public void A_broken_table_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(LookupTable.Read, json));

    [Theory]
    [InlineData("lookup('none', product)", ExpressionCodes.NameUnknown)]
    [InlineData("lookup(product, product)", ExpressionCodes.Literal)]
    [InlineData("lookup('by_product', quantity)", ExpressionCodes.Kind)]
    [InlineData("lookup('by_size', product)", ExpressionCodes.Kind)]
    [InlineData("lookup('by_size')", ExpressionCodes.Arguments)]
    public void An_expression_that_asks_wrongly_is_refused(string text, string code) =>
        Assert.Equal(code, ExpressionCompiler.Compile(text, Scopes.Credit, ExpressionKind.Number).Error!.Code);

    [Fact]
    public void What_a_table_does_not_hold_is_not_known_unless_it_says_what_stands_otherwise()
    {
        var (bySize, byProduct) = (Tables["by_size"], Tables["by_product"]);
        Assert.Equal([null, 0.05m, 0.1m, null], new decimal?[] { -1m, 0m, 10m, null }.Select(bySize.Find));
        Assert.Equal([3m, 1m, null], new[] { "a", "b", null }.Select(byProduct.Find));
    }

    private static readonly Dictionary<string, LookupTable> Tables = new()
    {
        ["by_size"] = RuleText.Read(LookupTable.Read, """{ "id": "by_size", "gives": "percent", "tiers": [{ "from": 0, "to": 10, "value": 5 }, { "from": 10, "value": 10 }] }"""),
        ["by_product"] = RuleText.Read(LookupTable.Read, """{ "id": "by_product", "values": { "a": 3 }, "otherwise": 1 }"""),
    };

    private static readonly PlanScopes Scopes = new(null, Tables);
}
