using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;

namespace Spm.Compensation.Population;

/// <summary>
/// The measures of a plan as arithmetic over columns, so that millions of transactions are measured in integer loops. What an expression asks for
/// is found by name in the columns; an expression that divides, rounds, or looks at texts and dates is not of that kind and is measured credit
/// by credit instead.
/// </summary>
public static class PlanMeasures
{
    /// <summary>The measures of a version in their order; null for one that cannot be told in columns.</summary>
    /// <param name="columns">What each name of an expression is in the columns: the whole transaction's figure, before any share of it is credited.</param>
    public static IReadOnlyList<PopulationMeasure?> Of(VersionRules version, IReadOnlyDictionary<string, NumberTerm> columns) =>
        [.. version.Measures.Select(m => Of(m, columns))];

    private static PopulationMeasure? Of(MeasureRule measure, IReadOnlyDictionary<string, NumberTerm> columns)
    {
        var value = Number(measure.Value.Tree, columns);
        if (measure.Kinds is not null || value is null || measure.When is null)
        {
            return measure.Kinds is null && value is not null ? new PopulationMeasure(measure.Id, value) : null;
        }
        return Truth(measure.When.Tree, columns) is { } when ? new PopulationMeasure(measure.Id, new IfTerm(when, value, 0m)) : null;
    }

    private static NumberTerm? Number(Node node, IReadOnlyDictionary<string, NumberTerm> columns) => node switch
    {
        NumberLiteral literal => new ConstantTerm(literal.Value),
        NameNode name => columns.GetValueOrDefault(name.Name),
        UnaryNode { Operator: UnaryOperator.Negate } negated => Number(negated.Operand, columns) is { } value ? 0m - value : null,
        BinaryNode binary when Operation(binary.Operator) is { } operation =>
            Number(binary.Left, columns) is { } left && Number(binary.Right, columns) is { } right ? new ArithmeticTerm(operation, left, right) : null,
        ConditionalNode either => Truth(either.Condition, columns) is { } condition && Number(either.Then, columns) is { } then && Number(either.Else, columns) is { } otherwise
            ? new IfTerm(condition, then, otherwise)
            : null,
        CallNode { Function: Function.Min or Function.Max } call => Extreme(call, columns),
        _ => null,
    };

    private static NumberTerm? Extreme(CallNode call, IReadOnlyDictionary<string, NumberTerm> columns)
    {
        var comparison = call.Function == Function.Min ? Comparison.Less : Comparison.More;
        NumberTerm? extreme = null;
        foreach (var argument in call.Arguments)
        {
            if (Number(argument, columns) is not { } value)
            {
                return null;
            }
            extreme = extreme is null ? value : new IfTerm(new ComparisonTerm(comparison, value, extreme), value, extreme);
        }
        return extreme;
    }

    private static ConditionTerm? Truth(Node node, IReadOnlyDictionary<string, NumberTerm> columns)
    {
        switch (node)
        {
            case UnaryNode { Operator: UnaryOperator.Not } not:
                return Truth(not.Operand, columns) is { } negated ? new NotTerm(negated) : null;
            case BinaryNode { Operator: BinaryOperator.And or BinaryOperator.Or } logic:
                return Truth(logic.Left, columns) is not { } first || Truth(logic.Right, columns) is not { } second ? null
                    : logic.Operator == BinaryOperator.And ? new AndTerm(first, second)
                    : new OrTerm(first, second);
            case BinaryNode comparison:
                return Number(comparison.Left, columns) is { } left && Number(comparison.Right, columns) is { } right ? Compare(comparison.Operator, left, right) : null;
            default:
                return null;
        }
    }

    private static ConditionTerm? Compare(BinaryOperator by, NumberTerm left, NumberTerm right) => by switch
    {
        BinaryOperator.Less => new ComparisonTerm(Comparison.Less, left, right),
        BinaryOperator.LessOrEqual => new ComparisonTerm(Comparison.AtMost, left, right),
        BinaryOperator.Equal => new ComparisonTerm(Comparison.Equal, left, right),
        BinaryOperator.NotEqual => new NotTerm(new ComparisonTerm(Comparison.Equal, left, right)),
        BinaryOperator.GreaterOrEqual => new ComparisonTerm(Comparison.AtLeast, left, right),
        BinaryOperator.Greater => new ComparisonTerm(Comparison.More, left, right),
        _ => null,
    };

    private static Arithmetic? Operation(BinaryOperator of) => of switch
    {
        BinaryOperator.Add => Arithmetic.Add,
        BinaryOperator.Subtract => Arithmetic.Subtract,
        BinaryOperator.Multiply => Arithmetic.Multiply,
        _ => null,
    };
}
