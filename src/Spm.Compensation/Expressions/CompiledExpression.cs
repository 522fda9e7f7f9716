namespace Spm.Compensation.Expressions;

/// <summary>An expression that was checked against a scope. Evaluating it asks for nothing but the context, and always ends.</summary>
public sealed class CompiledExpression<TContext>
{
    private readonly Typed<TContext> _typed;
    private readonly Func<TContext, decimal?> _number;

    internal CompiledExpression(string text, Node tree, Typed<TContext> typed, ExpressionKind kind, IReadOnlySet<string> names) =>
        (Text, Tree, _typed, _number, Kind, Names) = (text, tree, typed, typed.Number ?? (_ => throw new InvalidOperationException($"'{text}' yields {kind}.")), kind, names);

    public string Text { get; }

    public Node Tree { get; }

    public ExpressionKind Kind { get; }

    /// <summary>The names it asks for.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Of a Number or Money expression; null when something it asks for is not known. Throws <see cref="ExpressionException"/> on overflow.</summary>
    public decimal? Number(TContext context)
    {
        // Asked for with every credit: not through Evaluate, which costs another call.
        try
        {
            return _number(context);
        }
        catch (OverflowException)
        {
            throw TooLarge();
        }
    }

    /// <summary>Of a Truth expression; what is not known is not true.</summary>
    public bool Truth(TContext context) => Evaluate(_typed.Truth, context) == true;

    /// <summary>Of a Truth expression; null when something it asks for is not known.</summary>
    public bool? TruthIfKnown(TContext context) => Evaluate(_typed.Truth, context);

    public string? TextOf(TContext context) => Evaluate(_typed.Text, context);

    public DateOnly? DateOf(TContext context) => Evaluate(_typed.Date, context);

    /// <summary>The same text for the same tree, whatever blanks and brackets it was written with.</summary>
    public string Canonical => Printer.Print(Tree);

    public override string ToString() => Text;

    private TValue Evaluate<TValue>(Func<TContext, TValue>? evaluate, TContext context)
    {
        try
        {
            return (evaluate ?? throw new InvalidOperationException($"'{Text}' yields {Kind}."))(context);
        }
        catch (OverflowException)
        {
            throw TooLarge();
        }
    }

    private ExpressionException TooLarge() =>
        new(ExpressionError.At(Text, 0, ExpressionCodes.Overflow, $"'{Text}' yields more than 28 digits hold."));
}

/// <summary>A part of an expression that is ready to run: one of the functions is set, by its kind.</summary>
/// <param name="IsOpen">Made of literals: it takes the unit that its place asks for.</param>
/// <param name="IsNull">The literal null: it takes the kind that its place asks for.</param>
internal sealed record Typed<TContext>(ExpressionKind Kind, bool IsOpen = false, bool IsNull = false)
{
    public Func<TContext, decimal?>? Number { get; init; }

    public Func<TContext, bool?>? Truth { get; init; }

    public Func<TContext, string?>? Text { get; init; }

    public Func<TContext, DateOnly?>? Date { get; init; }
}
