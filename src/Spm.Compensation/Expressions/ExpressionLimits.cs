namespace Spm.Compensation.Expressions;

/// <summary>Bounds of one expression. Within them compiling and evaluating take bounded time and a bounded stack.</summary>
public static class ExpressionLimits
{
    /// <summary>Characters (UTF-16) of the text, blanks included.</summary>
    public const int Length = 4000;

    /// <summary>Brackets, calls, minus signs and nots inside each other.</summary>
    public const int Nesting = 50;

    /// <summary>Operators, calls, names and literals together.</summary>
    public const int Nodes = 1000;

    /// <summary>Significant digits of a literal, and its decimals.</summary>
    public const int Digits = 28;

    /// <summary>After so many errors the rest is not worth reading.</summary>
    public const int Errors = 20;

    /// <summary>So many names are told where one is not known.</summary>
    public const int NamesTold = 30;
}
