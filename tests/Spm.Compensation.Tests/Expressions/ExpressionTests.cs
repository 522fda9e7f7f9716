using Spm.Compensation.Expressions;

namespace Spm.Compensation.Tests.Expressions;

public sealed class ExpressionTests
{
    private static readonly Scope<Deal> Deals = new Scope<Deal>()
        .Money("amount", d => d.Amount, "")
        .Money("margin", d => d.Margin, "")
        .Number("quantity", d => d.Quantity, "")
        .Text("product", d => d.Product, "")
        .Date("date", d => d.Date, "");

    private sealed record Deal(decimal? Amount = 100m, decimal? Margin = null, decimal? Quantity = 3m, string? Product = "AE", DateOnly? Date = null);

    [Theory]
    [InlineData("amount * 20%", "20.0")]
    [InlineData("min(amount * 20%, 15)", "15")]
    [InlineData("if(product in ('AE', 'SE'), amount, 0)", "100")]
    [InlineData("coalesce(margin, amount) - 1_000", "-900")]
    [InlineData("round(amount / quantity, 2)", "33.33")]
    [InlineData("clamp(amount, 0, 50)", "50")]
    [InlineData("5000 * quantity", "15000")]
    [InlineData("5000 * 20%", "1000.0")]
    [InlineData("amount * (1 + 5%)", "105.00")]
    [InlineData("amount * if(quantity in (300%, 4), 10%, 20%)", "10.0")]
    public void A_money_expression_is_calculated_exactly(string text, string expected) =>
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Compile(text, ExpressionKind.Money).Number(new Deal()));

    [Theory]
    [InlineData("amount + quantity", "kind_mismatch")]
    [InlineData("amount * amount", "kind_mismatch")]
    [InlineData("amount * 10% + 5%", "kind_mismatch")]
    [InlineData("if(amount > 10%, 1, 2)", "kind_mismatch")]
    [InlineData("if(amount in (10%, 20%), 1, 2)", "kind_mismatch")]
    [InlineData("max(amount, 5%)", "kind_mismatch")]
    [InlineData("5%", "kind_mismatch")]
    [InlineData("quantity", "kind_mismatch")]
    [InlineData("amont", "name_unknown")]
    [InlineData("amount +", "syntax_error")]
    [InlineData("", "expression_empty")]
    [InlineData("sum(amount)", "function_unknown")]
    [InlineData("if(margin = null, 1, 2)", "null_misplaced")]
    [InlineData("1e5", "number_malformed")]
    public void What_has_no_meaning_is_refused_by_the_name_of_the_rule(string text, string code) =>
        Assert.Equal(code, ExpressionCompiler.Compile(text, Deals, ExpressionKind.Money).Error?.Code);

    [Fact]
    public void What_is_not_known_makes_the_result_unknown_and_no_condition_true()
    {
        Assert.Null(Compile("margin * 10%", ExpressionKind.Money).Number(new Deal()));
        Assert.Null(Compile("amount / (quantity - 3)", ExpressionKind.Money).Number(new Deal()));
        Assert.False(Compile("margin > 0", ExpressionKind.Truth).Truth(new Deal()));
        Assert.False(Compile("not (margin > 0)", ExpressionKind.Truth).Truth(new Deal()));
        Assert.True(Compile("margin > 0 or amount > 0", ExpressionKind.Truth).Truth(new Deal()));
    }

    [Fact]
    public void More_than_a_decimal_holds_is_an_error_and_not_a_figure() =>
        Assert.Equal("number_overflow", Assert.Throws<ExpressionException>(
            () => Compile("amount * 9_000_000_000_000_000_000_000_000_000 * 1000", ExpressionKind.Money).Number(new Deal())).Error.Code);

    [Theory]
    [InlineData("1 - (2 - 3)")]
    [InlineData("-(1 + 2) * 3")]
    [InlineData("not (amount > 1 and quantity < 2) or product <> 'it''s'")]
    [InlineData("date >= date('2025-01-31')")]
    public void A_printed_tree_reads_back_as_itself(string text)
    {
        var tree = Parse(text);
        Assert.Equal(tree, Parse(tree.ToString()));
    }

    [Fact]
    public void Whatever_is_written_gives_an_expression_or_an_error()
    {
        string[] parts = ["amount", "quantity", "(", ")", "+", "-", "*", "/", "if", "min", ",", "'x'", "1", "20%", "not", "in", "and", "or", "=", "<", "null", "date", ".", "'", "\n", "é", "\ud800"];
        var random = new Random(20250101);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 14)).Select(_ => parts[random.Next(parts.Length)]));
            var (expression, error) = ExpressionCompiler.Compile(text, Deals, (ExpressionKind)random.Next(5));
            Assert.True(expression is null != error is null, text);
        }
        Assert.Equal("expression_too_deep", ExpressionCompiler.Compile(new string('(', 3000), Deals, ExpressionKind.Money).Error?.Code);
        Assert.Equal("expression_too_large", ExpressionCompiler.Compile("1" + string.Concat(Enumerable.Repeat("+1", 1500)), Deals, ExpressionKind.Money).Error?.Code);
    }

    private static CompiledExpression<Deal> Compile(string text, ExpressionKind kind)
    {
        var (expression, error) = ExpressionCompiler.Compile(text, Deals, kind);
        Assert.Null(error);
        return expression!;
    }

    private static Node Parse(string text) => Compile(text, text.Contains("amount", StringComparison.Ordinal) || text.Contains("date", StringComparison.Ordinal) ? ExpressionKind.Truth : ExpressionKind.Number).Tree;
}
