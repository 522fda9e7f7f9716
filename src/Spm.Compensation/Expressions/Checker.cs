using Spm.Compensation.Documents;

namespace Spm.Compensation.Expressions;

/// <summary>Checks the kinds of a tree against a scope and makes it ready to run. Money and numbers are kept apart; a literal takes the unit its place asks for.</summary>
internal sealed partial class Checker<T>(string text, Scope<T> scope)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Names => _names;

    /// <summary>The node as a value of a kind.</summary>
    public Typed<T> As(Node node, ExpressionKind kind)
    {
        var typed = Check(node);
        if (typed.IsNull)
        {
            return Null(kind);
        }
        return typed.Kind == kind || (typed.IsOpen && kind == ExpressionKind.Money)
            ? typed
            : throw Failed(node, ExpressionCodes.Kind, $"'{Shown(node)}' is {Of(typed.Kind)}; {Of(kind)} is expected here.");
    }

    private Typed<T> Check(Node node) => node switch
    {
        NumberLiteral n => Constant(n),
        TextLiteral t => new Typed<T>(ExpressionKind.Text) { Text = _ => t.Value },
        DateLiteral d => new Typed<T>(ExpressionKind.Date) { Date = _ => d.Value },
        TruthLiteral t => new Typed<T>(ExpressionKind.Truth) { Truth = _ => t.Value },
        NullLiteral => new Typed<T>(ExpressionKind.Number, IsNull: true),
        NameNode n => Name(n),
        UnaryNode { Operator: UnaryOperator.Not } u => Not(As(u.Operand, ExpressionKind.Truth)),
        UnaryNode u => Negate(Reckoned(u.Operand)),
        BinaryNode { Operator: BinaryOperator.And or BinaryOperator.Or } b => Logic(b),
        BinaryNode { Operator: < BinaryOperator.Add } b => Compare(b),
        BinaryNode b => Reckon(b),
        InNode i => In(i),
        ConditionalNode c => Conditional(c),
        CallNode c => Call(c),
        _ => throw new InvalidOperationException($"{node.GetType().Name} is not compiled."),
    };

    /// <summary>A percent is a number and never an amount of money.</summary>
    private static Typed<T> Constant(NumberLiteral literal)
    {
        var value = literal.Value;
        return new(ExpressionKind.Number, IsOpen: !literal.IsPercent) { Number = _ => value };
    }

    private static Typed<T> Null(ExpressionKind kind) => new(kind) { Number = _ => null, Truth = _ => null, Text = _ => null, Date = _ => null };

    private Typed<T> Name(NameNode node)
    {
        if (scope.Find(node.Name) is not { } entry)
        {
            var near = WireNames.Nearest(node.Name, scope.Names.Select(n => n.Name));
            throw Failed(node, ExpressionCodes.NameUnknown, $"'{node.Name}' is not known here{(near is null ? "." : $"; did you mean '{near}'?")} {Known()}");
        }
        _names.Add(node.Name);
        return new Typed<T>(entry.Kind)
        {
            Number = entry.Read as Func<T, decimal?>,
            Truth = entry.Read as Func<T, bool?>,
            Text = entry.Read as Func<T, string?>,
            Date = entry.Read as Func<T, DateOnly?>,
        };
    }

    /// <summary>What may be asked for here, as far as a message should be long.</summary>
    private string Known()
    {
        // The many names that differ in a number alone stand last, as one.
        var names = scope.Names.Select(n => n.Name).Where(n => !IsOfMonths(n)).ToList();
        var ofMonths = scope.Names.Select(n => n.Name).Where(IsOfMonths).ToList();
        if (ofMonths.Count > 0)
        {
            names.Add($"{ofMonths[0]} to {ofMonths[^1]}");
        }
        return $"Known here: {string.Join(", ", names.Take(ExpressionLimits.NamesTold))}{(names.Count > ExpressionLimits.NamesTold ? $" and {names.Count - ExpressionLimits.NamesTold} more" : "")}.";
    }

    private static bool IsOfMonths(string name) => name.StartsWith("last_", StringComparison.Ordinal) && name.EndsWith("_months", StringComparison.Ordinal);

    /// <summary>A number or money.</summary>
    public Typed<T> Reckoned(Node node)
    {
        var typed = Check(node);
        if (typed.IsNull)
        {
            throw Failed(node, ExpressionCodes.Null, "Nothing can be reckoned with null: coalesce(x, 0) says what stands for it.");
        }
        return typed.Kind is ExpressionKind.Number or ExpressionKind.Money
            ? typed
            : throw Failed(node, ExpressionCodes.Kind, $"'{Shown(node)}' is {Of(typed.Kind)}; a number or money is expected here.");
    }

    /// <summary>A node that has been checked in its place, by itself; null where it is neither a number nor money.</summary>
    public Func<T, decimal?>? NumberOf(Node node) => Check(node) is { IsNull: false, Kind: ExpressionKind.Number or ExpressionKind.Money } typed ? typed.Number : null;

    private static Typed<T> Negate(Typed<T> typed)
    {
        var number = typed.Number!;
        return typed with { Number = c => -number(c) };
    }

    private static Typed<T> Not(Typed<T> typed)
    {
        var truth = typed.Truth!;
        return new Typed<T>(ExpressionKind.Truth) { Truth = c => !truth(c) };
    }

    /// <summary>Of three values: false and null is false, true or null is true, else null with null.</summary>
    private Typed<T> Logic(BinaryNode node)
    {
        var (left, right) = (As(node.Left, ExpressionKind.Truth).Truth!, As(node.Right, ExpressionKind.Truth).Truth!);
        return new Typed<T>(ExpressionKind.Truth)
        {
            Truth = node.Operator == BinaryOperator.And
                ? c => left(c) is var l && l == false ? false : l & right(c)
                : c => left(c) is var l && l == true ? true : l | right(c),
        };
    }

    private Typed<T> Reckon(BinaryNode node)
    {
        var (left, right) = (Reckoned(node.Left), Reckoned(node.Right));
        var (l, r) = (left.Number!, right.Number!);
        var isOpen = left.IsOpen && right.IsOpen;
        switch (node.Operator)
        {
            case BinaryOperator.Add or BinaryOperator.Subtract:
                var unit = Unit(node, left, right);
                return node.Operator == BinaryOperator.Add
                    ? new Typed<T>(unit, isOpen) { Number = c => l(c) + r(c) }
                    : new Typed<T>(unit, isOpen) { Number = c => l(c) - r(c) };
            case BinaryOperator.Multiply:
                if (left.Kind == ExpressionKind.Money && right.Kind == ExpressionKind.Money)
                {
                    throw Failed(node, ExpressionCodes.Kind, "Money times money has no meaning.");
                }
                var isMoney = left.Kind == ExpressionKind.Money || right.Kind == ExpressionKind.Money;
                // An amount that is written down, times a number, is still an amount: 5000 * attainment.
                return new Typed<T>(isMoney ? ExpressionKind.Money : ExpressionKind.Number, !isMoney && (left.IsOpen || right.IsOpen)) { Number = c => l(c) * r(c) };
            default:
                if (right.Kind == ExpressionKind.Money && left.Kind == ExpressionKind.Number && !left.IsOpen)
                {
                    throw Failed(node, ExpressionCodes.Kind, "A number divided by money has no meaning.");
                }
                var quotient = left.Kind == ExpressionKind.Money && right.Kind == ExpressionKind.Number ? ExpressionKind.Money : ExpressionKind.Number;
                return new Typed<T>(quotient, quotient == ExpressionKind.Number && left.IsOpen && right.Kind == ExpressionKind.Number)
                {
                    // By zero there is no quotient: null, as with anything else that is not known.
                    Number = c => r(c) is { } divisor and not 0m ? l(c) / divisor : null,
                };
        }
    }

    /// <summary>The common unit of two operands.</summary>
    private ExpressionKind Unit(Node node, Typed<T> left, Typed<T> right) =>
        left.Kind == right.Kind ? left.Kind
        : (left.Kind == ExpressionKind.Money && right.IsOpen) || (right.Kind == ExpressionKind.Money && left.IsOpen) ? ExpressionKind.Money
        : throw Failed(node, ExpressionCodes.Kind, $"{Of(left.Kind)} and {Of(right.Kind)} do not go together.");

    private Typed<T> Compare(BinaryNode node)
    {
        var (left, right) = (Check(node.Left), Check(node.Right));
        if (left.IsNull || right.IsNull)
        {
            throw Failed(node, ExpressionCodes.Null, "Nothing is equal to null: write is_null(x).");
        }
        var isEquality = node.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual;
        if (left.Number is not null && right.Number is not null && left.Kind <= ExpressionKind.Money && right.Kind <= ExpressionKind.Money)
        {
            Unit(node, left, right);
            return Compared(node.Operator, left.Number, right.Number);
        }
        if (left.Kind != right.Kind || (!isEquality && left.Kind is not ExpressionKind.Date))
        {
            throw Failed(node, ExpressionCodes.Kind, $"{Of(left.Kind)} and {Of(right.Kind)} are not compared by {Printer.Symbol(node.Operator)}.");
        }
        if (left.Kind == ExpressionKind.Date)
        {
            return Compared(node.Operator, left.Date!, right.Date!);
        }
        var negated = node.Operator == BinaryOperator.NotEqual;
        if (left.Kind == ExpressionKind.Truth)
        {
            var (a, b) = (left.Truth!, right.Truth!);
            return new Typed<T>(ExpressionKind.Truth) { Truth = c => a(c) is { } x && b(c) is { } y ? (x == y) != negated : null };
        }
        var (l, r) = (left.Text!, right.Text!);
        return new Typed<T>(ExpressionKind.Truth) { Truth = c => l(c) is { } x && r(c) is { } y ? string.Equals(x, y, StringComparison.Ordinal) != negated : null };
    }

    private static Typed<T> Compared<TValue>(BinaryOperator @operator, Func<T, TValue?> left, Func<T, TValue?> right)
        where TValue : struct, IComparable<TValue>
    {
        Func<int, bool> holds = @operator switch
        {
            BinaryOperator.Equal => o => o == 0,
            BinaryOperator.NotEqual => o => o != 0,
            BinaryOperator.Less => o => o < 0,
            BinaryOperator.LessOrEqual => o => o <= 0,
            BinaryOperator.Greater => o => o > 0,
            _ => o => o >= 0,
        };
        return new Typed<T>(ExpressionKind.Truth) { Truth = c => left(c) is { } l && right(c) is { } r ? holds(l.CompareTo(r)) : null };
    }

    private Typed<T> In(InNode node)
    {
        var operand = Check(node.Operand);
        var items = node.Items.Select(Check).ToArray();
        var negated = node.IsNegated;
        if (operand.Kind == ExpressionKind.Text && items.All(i => i.Kind == ExpressionKind.Text))
        {
            var known = node.Items.Select(i => ((TextLiteral)i).Value).ToHashSet(StringComparer.Ordinal);
            var read = operand.Text!;
            return new Typed<T>(ExpressionKind.Truth) { Truth = c => read(c) is { } value ? known.Contains(value) != negated : null };
        }
        if (!operand.IsNull && operand.Kind <= ExpressionKind.Money && items.All(i => i.IsOpen || (i.Number is not null && i.Kind == operand.Kind)))
        {
            var known = items.Select(i => i.Number!(default!)!.Value).ToHashSet();
            var read = operand.Number!;
            return new Typed<T>(ExpressionKind.Truth) { Truth = c => read(c) is { } value ? known.Contains(value) != negated : null };
        }
        throw Failed(node, ExpressionCodes.Kind, $"'{Shown(node.Operand)}' is {Of(operand.Kind)}: the list holds texts, or numbers, of the same kind as what is looked for.");
    }

    private Typed<T> Conditional(ConditionalNode node)
    {
        var condition = As(node.Condition, ExpressionKind.Truth).Truth!;
        var (then, otherwise) = Alike(node, [node.Then, node.Else]) is var both ? (both[0], both[1]) : default;
        return Choose(then, otherwise, c => condition(c) == true);
    }

    private static Typed<T> Choose(Typed<T> then, Typed<T> otherwise, Func<T, bool> condition) => then with
    {
        IsOpen = then.IsOpen && otherwise.IsOpen,
        Number = then.Number is { } n && otherwise.Number is { } n2 ? c => condition(c) ? n(c) : n2(c) : null,
        Truth = then.Truth is { } t && otherwise.Truth is { } t2 ? c => condition(c) ? t(c) : t2(c) : null,
        Text = then.Text is { } x && otherwise.Text is { } x2 ? c => condition(c) ? x(c) : x2(c) : null,
        Date = then.Date is { } d && otherwise.Date is { } d2 ? c => condition(c) ? d(c) : d2(c) : null,
    };

    /// <summary>Parts of one kind; nulls and literals take that of the others.</summary>
    private Typed<T>[] Alike(Node node, IEnumerable<Node> parts)
    {
        var typed = parts.Select(Check).ToArray();
        var first = Array.Find(typed, t => !t.IsNull && !t.IsOpen) ?? Array.Find(typed, t => !t.IsNull)
            ?? throw Failed(node, ExpressionCodes.Null, "At least one of the values is not null.");
        for (var i = 0; i < typed.Length; i++)
        {
            if (typed[i].IsNull)
            {
                typed[i] = Null(first.Kind);
            }
            else if (typed[i].Kind != first.Kind)
            {
                var isAmount = first.Kind == ExpressionKind.Money && typed[i].IsOpen;
                typed[i] = isAmount ? typed[i] with { Kind = ExpressionKind.Money } : throw Failed(node, ExpressionCodes.Kind, $"{Of(first.Kind)} and {Of(typed[i].Kind)} do not go together.");
            }
        }
        return typed;
    }

    private string Shown(Node node)
    {
        var shown = node.ToString();
        return shown.Length > 60 ? shown[..60] + "…" : shown;
    }

    private static string Of(ExpressionKind kind) => kind switch
    {
        ExpressionKind.Number => "a number",
        ExpressionKind.Money => "money",
        ExpressionKind.Text => "a text",
        ExpressionKind.Date => "a date",
        _ => "true or false",
    };

    private ExpressionException Failed(Node node, string code, string message) => new(ExpressionError.At(text, node.Offset, code, message));
}
