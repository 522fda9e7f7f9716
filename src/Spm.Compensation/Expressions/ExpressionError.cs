namespace Spm.Compensation.Expressions;

/// <summary>What is wrong with an expression or its evaluation, and where in its text.</summary>
/// <param name="Offset">From 0, in UTF-16 characters of the whole text. Errors of an operator stand at the operator.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 characters of the line.</param>
/// <param name="Code">One of <see cref="ExpressionCodes"/>.</param>
public sealed record ExpressionError(int Offset, int Line, int Column, string Code, string Message)
{
    public override string ToString() => $"{Line}:{Column} {Code}: {Message}";

    internal static ExpressionError At(string text, int offset, string code, string message)
    {
        var line = 1;
        var start = 0;
        for (var i = 0; i < offset; i++)
        {
            if (text[i] == '\n')
            {
                line++;
                start = i + 1;
            }
        }
        return new ExpressionError(offset, line, offset - start + 1, code, message);
    }
}

/// <summary>
/// An evaluation that has no value: its <see cref="Error"/> says why and where. Thrown instead of returned because no plan provokes it
/// with sensible data, and because an answer that can be overlooked would be paid. Whoever evaluates for one rep catches it for that rep.
/// </summary>
public sealed class ExpressionException(ExpressionError error) : Exception(error.ToString())
{
    public ExpressionError Error => error;
}

/// <summary>Names of the rules. The first four groups refuse a text when it is compiled, the last an evaluation.</summary>
public static class ExpressionCodes
{
    public const string Empty = "expression_empty";
    public const string TooLong = "expression_too_long";
    public const string TooDeep = "expression_too_deep";
    public const string TooLarge = "expression_too_large";

    public const string Character = "character_unexpected";
    public const string Number = "number_malformed";
    public const string NumberRange = "number_out_of_range";
    public const string Unterminated = "text_unterminated";
    public const string Date = "date_malformed";
    public const string Syntax = "syntax_error";

    public const string NameUnknown = "name_unknown";
    public const string FunctionUnknown = "function_unknown";
    public const string Arguments = "arguments_wrong";

    public const string Kind = "kind_mismatch";
    public const string Null = "null_misplaced";
    public const string Literal = "literal_expected";

    /// <summary>It asks for nothing, and has no value: it divides by zero, or is null.</summary>
    public const string ValueNone = "value_none";

    /// <summary>A result beyond ±79,228,162,514,264,337,593,543,950,335.</summary>
    public const string Overflow = "number_overflow";

    /// <summary>The amount of a rule of pay depends on a figure that is not known.</summary>
    public const string AmountUnknown = "amount_unknown";
}
