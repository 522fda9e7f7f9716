using Spm.Compensation.Amounts;
using Spm.Compensation.Exactness;
using Spm.Compensation.Roundings;

namespace Spm.Compensation.Explain;

public enum ExplainOperation : byte
{
    /// <summary>A fact that was given: a credited amount, a quota, a rate of the plan.</summary>
    Given,

    /// <summary>Calculated as the detail says from what the inputs give: an expression of the plan, or a quotient of many factors.</summary>
    Expression,

    Sum,

    /// <summary>The first input less all others.</summary>
    Difference,
    Product,

    /// <summary>The first input divided by the second.</summary>
    Quotient,

    /// <summary>The first input with the other sign: it is withheld or taken back.</summary>
    Negative,
    Least,
    Greatest,

    /// <summary>The first input rounded: as the rule of the plan says, else to the currency's minor unit, half to even.</summary>
    Rounded,

    /// <summary>The first input, for the reason that the name gives; the others say why.</summary>
    Because,
}

/// <summary>
/// A number and how it came about. The graph of a payout goes down to credits, quotas and the tiers of the plan, and recomputes from there:
/// <see cref="Recompute"/> gives the value again from nothing but the given facts.
/// </summary>
/// <param name="Name">A word of the glossary, and what it is of: "quota of 2025-Q1".</param>
/// <param name="Detail">The tier, the expression, the transaction's id.</param>
public sealed record ExplainNode(string Name, ExplainOperation Operation, decimal Value, IReadOnlyList<ExplainNode> Inputs, string? Detail = null)
{
    /// <summary>Of a rounded figure the rule of the plan; null: half to even at the currency's minor unit.</summary>
    public RoundingRule? Rounding { get; init; }

    /// <summary>Of a name that an expression asks for and that is no number: its text, date or truth. The detail has it as an expression would.</summary>
    public object? Word { get; init; }

    /// <summary>Whether there is a value; where there is none, expressions see null.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Calculates an expression of the plan again, from the values of the names below it alone. Null where there is no such expression.</summary>
    public Func<IReadOnlyList<(ExplainNode Node, decimal Value)>, decimal>? Formula { get; init; }

    public static ExplainNode Given(string name, decimal value, string? detail = null) => new(name, ExplainOperation.Given, value, [], detail);

    public static ExplainNode Of(string name, ExplainOperation operation, params IReadOnlyList<ExplainNode> inputs) =>
        new(name, operation, Calculate(operation, [.. inputs.Select(i => i.Value)], 0m, null, Currency.Usd), inputs);

    /// <summary>
    /// A figure that the engine calculated, over what it was made of. Where the operation gives that figure, it is the operation's; where the engine
    /// divided once and last and the operation would round before, it stands as calculated, with its inputs beside it.
    /// </summary>
    public static ExplainNode Exactly(string name, ExplainOperation operation, decimal value, IReadOnlyList<ExplainNode> inputs, string? detail = null) => new(
        name, Calculate(operation, [.. inputs.Select(i => i.Value)], value, null, Currency.Usd) == value ? operation : ExplainOperation.Expression, value, inputs, detail);

    /// <summary><c>amount × part / whole</c> as <see cref="Exact.Ratio"/> gives it: also where the product is larger than any decimal.</summary>
    public static ExplainNode Ratio(string name, string product, ExplainNode amount, ExplainNode part, ExplainNode whole)
    {
        var value = Exact.Ratio(amount.Value, part.Value, whole.Value);
        return Math.Abs(amount.Value) <= decimal.MaxValue / Math.Max(1m, Math.Abs(part.Value))
            ? Exactly(name, ExplainOperation.Quotient, value, [Of(product, ExplainOperation.Product, amount, part), whole])
            : new ExplainNode(name, ExplainOperation.Expression, value, [amount, part, whole], $"{product}, divided by {whole.Name}");
    }

    /// <summary>Rounded half to even at the currency's minor unit.</summary>
    public static ExplainNode Rounded(string name, ExplainNode exact, Currency currency) =>
        new(name, ExplainOperation.Rounded, Amounts.Rounding.ToMinorDigits(exact.Value, currency), [exact]);

    /// <summary>Rounded as the plan says.</summary>
    public static ExplainNode Rounded(string name, ExplainNode exact, RoundingRule rule) =>
        new(name, ExplainOperation.Rounded, rule.Apply(exact.Value), [exact], rule.ToString()) { Rounding = rule };

    public static ExplainNode Because(string name, ExplainNode what, params IReadOnlyList<ExplainNode> reasons) =>
        new(name, ExplainOperation.Because, what.Value, [what, .. reasons]);

    /// <summary>The value from the given facts alone.</summary>
    public decimal Recompute(Currency currency) => Formula is { } formula
        ? formula([.. Inputs.Select(i => (i, i.Recompute(currency)))])
        : Calculate(Operation, [.. Inputs.Select(i => i.Recompute(currency))], Value, Rounding, currency);

    /// <summary>Every node once, this one first.</summary>
    public IEnumerable<ExplainNode> All() => Inputs.SelectMany(i => i.All()).Prepend(this);

    private static decimal Calculate(ExplainOperation operation, ReadOnlySpan<decimal> inputs, decimal value, RoundingRule? rounding, Currency currency)
    {
        switch (operation)
        {
            case ExplainOperation.Given or ExplainOperation.Expression:
                return value;
            case ExplainOperation.Because:
                return inputs[0];
            case ExplainOperation.Rounded:
                return rounding?.Apply(inputs[0]) ?? Amounts.Rounding.ToMinorDigits(inputs[0], currency);
            case ExplainOperation.Quotient:
                return inputs[0] / inputs[1];
            case ExplainOperation.Negative:
                return -inputs[0];
        }
        if (inputs.IsEmpty)
        {
            return operation == ExplainOperation.Product ? 1m : 0m;
        }
        var result = inputs[0];
        foreach (var input in inputs[1..])
        {
            result = operation switch
            {
                ExplainOperation.Sum => result + input,
                ExplainOperation.Difference => result - input,
                ExplainOperation.Product => result * input,
                ExplainOperation.Least => Math.Min(result, input),
                ExplainOperation.Greatest => Math.Max(result, input),
                _ => throw new InvalidOperationException($"{operation} is not calculated from a list."),
            };
        }
        return result;
    }
}
