using Spm.Compensation.Lookups;

namespace Spm.Compensation.Expressions;

/// <summary>An expression that was checked against a scope. Evaluating it asks for nothing but the context, and always ends.</summary>
public sealed class CompiledExpression<TContext>
{
    private readonly Scope<TContext> _scope;
    private readonly Typed<TContext> _typed;
    private readonly Func<TContext, decimal?> _number;

    internal CompiledExpression(string text, Node tree, Typed<TContext> typed, ExpressionKind kind, IReadOnlySet<string> names, Scope<TContext> scope) =>
        (_scope, Text, Tree, _typed, _number, Kind, Names) = (scope, text, tree, typed, typed.Number ?? (_ => throw new InvalidOperationException($"'{text}' yields {kind}.")), kind, names);

    public string Text { get; }

    public Node Tree { get; }

    public ExpressionKind Kind { get; }

    /// <summary>The names it asks for.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>About how much has to be worked out for its value: <see cref="Engine.Effort"/>.</summary>
    public int Steps => Tree.Steps;

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

    /// <summary>Whether it has a value, of whatever kind it is.</summary>
    internal bool HasValue(TContext context) => Kind switch
    {
        ExpressionKind.Truth => TruthIfKnown(context) is not null,
        ExpressionKind.Text => TextOf(context) is not null,
        ExpressionKind.Date => DateOf(context) is not null,
        _ => Number(context) is not null,
    };

    /// <summary>A part of its tree by itself, ready to run; null where it is no number and no money.</summary>
    internal Func<TContext, decimal?>? Part(Node node) => new Checker<TContext>(Text, _scope).NumberOf(node);

    internal LookupTable? Table(string id) => _scope.FindTable(id);

    /// <summary>The same text for the same tree, whatever blanks and brackets it was written with.</summary>
    public string Canonical => Printer.Print(Tree);

    public override string ToString() => Text;

    /// <summary>The value of a name it asks for: a decimal, a text, a date, true or false; null where it is not known.</summary>
    internal object? Ask(string name, TContext context) => _scope.Find(name)!.Read switch
    {
        Func<TContext, decimal?> number => number(context),
        Func<TContext, string?> text => text(context),
        Func<TContext, DateOnly?> date => date(context),
        Func<TContext, bool?> truth => truth(context),
        var other => throw new InvalidOperationException($"'{name}' is read by {other.GetType()}."),
    };

    /// <summary>The same expression over the values of its names.</summary>
    internal CompiledExpression<IReadOnlyDictionary<string, object?>> OverNames()
    {
        var scope = new Scope<IReadOnlyDictionary<string, object?>> { Tables = _scope.Tables };
        foreach (var name in Names)
        {
            _ = _scope.Find(name)!.Kind switch
            {
                ExpressionKind.Money => scope.Money(name, v => v[name] as decimal?, ""),
                ExpressionKind.Text => scope.Text(name, v => v[name] as string, ""),
                ExpressionKind.Date => scope.Date(name, v => v[name] as DateOnly?, ""),
                ExpressionKind.Truth => scope.Truth(name, v => v[name] as bool?, ""),
                _ => scope.Number(name, v => v[name] as decimal?, ""),
            };
        }
        return ExpressionCompiler.Compile(Text, scope, Kind).Expression!;
    }

    /// <summary>The lookups it asks, in order: each with what it is asked by and what it answers.</summary>
    internal IEnumerable<(CallNode Call, LookupTable Table, object? By, decimal? Value)> Lookups(TContext context)
    {
        foreach (var call in Tree.All().OfType<CallNode>().Where(c => c.Function == Function.Lookup))
        {
            var table = _scope.FindTable(((TextLiteral)call.Arguments[0]).Value)!;
            var checker = new Checker<TContext>(Text, _scope);
            object? by = table.IsByText ? checker.As(call.Arguments[1], ExpressionKind.Text).Text!(context) : checker.Reckoned(call.Arguments[1]).Number!(context);
            yield return (call, table, by, checker.As(call, table.Kind).Number!(context));
        }
    }

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
