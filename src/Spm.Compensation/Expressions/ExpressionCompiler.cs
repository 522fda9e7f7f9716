using Spm.Compensation.Documents;

namespace Spm.Compensation.Expressions;

/// <summary>Turns texts into <see cref="CompiledExpression{TContext}"/>s. The language stands in docs/expressions.md.</summary>
public static class ExpressionCompiler
{
    /// <summary>Of a text that is refused: line and column lead on.</summary>
    private const int LongestQuote = 300;

    /// <returns>The expression, or what is wrong with it.</returns>
    public static (CompiledExpression<TContext>? Expression, ExpressionError? Error) Compile<TContext>(string text, Scope<TContext> scope, ExpressionKind expected)
    {
        var (tree, broken) = Parser.Parse(text);
        if (tree is null)
        {
            return (null, broken);
        }
        var checker = new Checker<TContext>(text, scope);
        try
        {
            var typed = checker.As(tree, expected);
            return (new CompiledExpression<TContext>(text, tree, typed, expected, checker.Names, scope), null);
        }
        catch (ExpressionException refused)
        {
            return (null, refused.Error);
        }
    }

    /// <summary>Reads an expression from a document and reports what is wrong with it there.</summary>
    public static CompiledExpression<TContext>? Read<TContext>(DocNode node, Scope<TContext> scope, ExpressionKind expected)
    {
        if (node.Kind != DocKind.Text)
        {
            node.AsText();
            return null;
        }
        var (expression, error) = Compile(node.Scalar, scope, expected);
        if (error is null && expression!.Names.Count == 0)
        {
            error = WithoutValue(expression);
        }
        if (error is not null)
        {
            node.Fail(error.Code, $"At {error.Line}:{error.Column} of \"{Quoted(node.Scalar)}\": {error.Message}");
        }
        return expression;
    }

    /// <summary>What asks for nothing has one value, or none whatever happens: <c>1 / 0</c>. Null where it has one.</summary>
    private static ExpressionError? WithoutValue<TContext>(CompiledExpression<TContext> expression)
    {
        try
        {
            return expression.HasValue(default!) ? null : ExpressionError.At(expression.Text, 0, ExpressionCodes.ValueNone, "it asks for nothing and has no value, so that nothing would ever come of it.");
        }
        catch (ExpressionException beyond)
        {
            return beyond.Error;
        }
    }

    private static string Quoted(string text) => text.Length <= LongestQuote ? text : $"{text[..LongestQuote]}…";
}
