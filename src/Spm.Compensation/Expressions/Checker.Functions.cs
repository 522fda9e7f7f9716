using Spm.Compensation.Engine;

namespace Spm.Compensation.Expressions;

internal sealed partial class Checker<T>
{
    private Typed<T> Call(CallNode node) => node.Function switch
    {
        Function.Min or Function.Max => Extreme(node),
        Function.Clamp => Clamp(node),
        Function.Abs => Map(node, Math.Abs),
        Function.Floor => Map(node, decimal.Floor),
        Function.Ceil => Map(node, decimal.Ceiling),
        Function.Round => Round(node, MidpointRounding.ToEven),
        Function.RoundHalfUp => Round(node, MidpointRounding.AwayFromZero),
        Function.RoundUp => Up(node),
        Function.RoundDown => Round(node, MidpointRounding.ToZero),
        Function.Coalesce => Coalesce(node),
        Function.IsNull => IsNull(node),
        Function.DaysBetween => Between(node, (from, to) => to.DayNumber - from.DayNumber),
        Function.MonthsBetween => Between(node, Months.Between),
        Function.Year => Part(node, d => d.Year),
        Function.Month => Part(node, d => d.Month),
        Function.Day => Part(node, d => d.Day),
        Function.Lower => Letters(node, t => t.ToLowerInvariant()),
        Function.Upper => Letters(node, t => t.ToUpperInvariant()),
        Function.StartsWith => Holds(node, (t, part) => t.StartsWith(part, StringComparison.Ordinal)),
        Function.EndsWith => Holds(node, (t, part) => t.EndsWith(part, StringComparison.Ordinal)),
        Function.Lookup => Lookup(node),
        _ => Holds(node, (t, part) => t.Contains(part, StringComparison.Ordinal)),
    };

    /// <summary>Null when one of them is: the least of what is not known is not known.</summary>
    private Typed<T> Extreme(CallNode node)
    {
        var parts = Alike(node, node.Arguments);
        Check(node, parts[0], node.Arguments[0]);
        var numbers = parts.Select(p => p.Number!).ToArray();
        var sign = node.Function == Function.Min ? 1 : -1;
        return new Typed<T>(parts[0].Kind, parts.All(p => p.IsOpen))
        {
            Number = c =>
            {
                var found = numbers[0](c);
                for (var i = 1; i < numbers.Length && found is not null; i++)
                {
                    var next = numbers[i](c);
                    found = next is { } known ? (known.CompareTo(found.Value) * sign < 0 ? known : found) : null;
                }
                return found;
            },
        };
    }

    /// <summary>Where the bounds are reversed the lower one wins.</summary>
    private Typed<T> Clamp(CallNode node)
    {
        var parts = Alike(node, node.Arguments);
        Check(node, parts[0], node.Arguments[0]);
        var (x, low, high) = (parts[0].Number!, parts[1].Number!, parts[2].Number!);
        return new Typed<T>(parts[0].Kind, parts.All(p => p.IsOpen)) { Number = c => x(c) is { } v && low(c) is { } l && high(c) is { } h ? Math.Max(l, Math.Min(v, h)) : null };
    }

    private Typed<T> Map(CallNode node, Func<decimal, decimal> map)
    {
        var typed = Reckoned(node.Arguments[0]);
        var number = typed.Number!;
        return typed with { Number = c => number(c) is { } value ? map(value) : null };
    }

    /// <summary>To a literal number of decimals.</summary>
    private Typed<T> Round(CallNode node, MidpointRounding how)
    {
        var typed = Reckoned(node.Arguments[0]);
        var (number, decimals) = (typed.Number!, Decimals(node));
        return typed with { Number = c => number(c) is { } value ? decimal.Round(value, decimals, how) : null };
    }

    /// <summary>Away from zero, however little lies beyond.</summary>
    private Typed<T> Up(CallNode node)
    {
        var typed = Reckoned(node.Arguments[0]);
        var (number, decimals) = (typed.Number!, Decimals(node));
        return typed with { Number = c => number(c) is { } value ? decimal.Round(value, decimals, value < 0m ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity) : null };
    }

    private int Decimals(CallNode node)
    {
        if (node.Arguments[1] is not NumberLiteral { IsPercent: false, Value: var digits and >= 0m and <= 28m } || digits != decimal.Truncate(digits))
        {
            throw Failed(node.Arguments[1], ExpressionCodes.Literal, "The number of decimals is written down: 0 to 28.");
        }
        return (int)digits;
    }

    private Typed<T> Coalesce(CallNode node)
    {
        var parts = Alike(node, node.Arguments);
        var result = parts[^1];
        for (var i = parts.Length - 2; i >= 0; i--)
        {
            var (first, rest) = (parts[i], result);
            result = first with
            {
                IsOpen = first.IsOpen && rest.IsOpen,
                Number = first.Number is { } n && rest.Number is { } n2 ? c => n(c) ?? n2(c) : null,
                Truth = first.Truth is { } t && rest.Truth is { } t2 ? c => t(c) ?? t2(c) : null,
                Text = first.Text is { } x && rest.Text is { } x2 ? c => x(c) ?? x2(c) : null,
                Date = first.Date is { } d && rest.Date is { } d2 ? c => d(c) ?? d2(c) : null,
            };
        }
        return result;
    }

    private Typed<T> IsNull(CallNode node)
    {
        var typed = Check(node.Arguments[0]);
        return new Typed<T>(ExpressionKind.Truth)
        {
            Truth = typed.IsNull ? _ => true
                : typed.Kind switch
                {
                    ExpressionKind.Text => c => typed.Text!(c) is null,
                    ExpressionKind.Date => c => typed.Date!(c) is null,
                    ExpressionKind.Truth => c => typed.Truth!(c) is null,
                    _ => c => typed.Number!(c) is null,
                },
        };
    }

    private Typed<T> Between(CallNode node, Func<DateOnly, DateOnly, int> between)
    {
        var (from, to) = (As(node.Arguments[0], ExpressionKind.Date).Date!, As(node.Arguments[1], ExpressionKind.Date).Date!);
        return new Typed<T>(ExpressionKind.Number) { Number = c => from(c) is { } f && to(c) is { } t ? between(f, t) : null };
    }

    private Typed<T> Part(CallNode node, Func<DateOnly, int> part)
    {
        var date = As(node.Arguments[0], ExpressionKind.Date).Date!;
        return new Typed<T>(ExpressionKind.Number) { Number = c => date(c) is { } day ? part(day) : null };
    }

    private Typed<T> Letters(CallNode node, Func<string, string> map)
    {
        var read = As(node.Arguments[0], ExpressionKind.Text).Text!;
        return new Typed<T>(ExpressionKind.Text) { Text = c => read(c) is { } value ? map(value) : null };
    }

    private Typed<T> Holds(CallNode node, Func<string, string, bool> holds)
    {
        var (whole, part) = (As(node.Arguments[0], ExpressionKind.Text).Text!, As(node.Arguments[1], ExpressionKind.Text).Text!);
        return new Typed<T>(ExpressionKind.Truth) { Truth = c => whole(c) is { } w && part(c) is { } p ? holds(w, p) : null };
    }

    /// <summary>The value that a table of the document has for a text or a figure; null where it has none.</summary>
    private Typed<T> Lookup(CallNode node)
    {
        if (node.Arguments[0] is not TextLiteral { Value: var id })
        {
            throw Failed(node.Arguments[0], ExpressionCodes.Literal, "The table is named: lookup('id', what).");
        }
        if (scope.FindTable(id) is not { } table)
        {
            throw Failed(node.Arguments[0], ExpressionCodes.NameUnknown, $"There is no lookup '{id}' here.");
        }
        if (table.IsByText)
        {
            var text = As(node.Arguments[1], ExpressionKind.Text).Text!;
            return new Typed<T>(table.Kind) { Number = c => table.Find(text(c)) };
        }
        var figure = Reckoned(node.Arguments[1]).Number!;
        return new Typed<T>(table.Kind) { Number = c => table.Find(figure(c)) };
    }

    private void Check(Node node, Typed<T> typed, Node part)
    {
        if (typed.Kind > ExpressionKind.Money)
        {
            throw Failed(node, ExpressionCodes.Kind, $"'{Shown(part)}' is {Of(typed.Kind)}; numbers or money are expected here.");
        }
    }
}
