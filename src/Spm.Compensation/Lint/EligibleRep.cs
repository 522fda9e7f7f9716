using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;

namespace Spm.Compensation.Lint;

/// <summary>
/// Makes up a rep whom a condition holds for: <c>rep.title = 'AE' and rep.facts.level &gt;= 3</c>. What it makes up is held against the condition
/// afterwards, so that a wrong guess is no answer.
/// </summary>
internal static class EligibleRep
{
    /// <param name="condition">Null: it holds for everybody.</param>
    /// <param name="holds">Whether it holds for a rep.</param>
    /// <returns>Null where the condition is not made of comparisons with constants.</returns>
    public static RepProfile? For(Node? condition, Func<RepProfile, bool> holds, RepProfile rep)
    {
        if (condition is null || holds(rep))
        {
            return rep;
        }
        Dictionary<string, object> facts = new(StringComparer.Ordinal);
        if (!Satisfy(condition, true, facts))
        {
            return null;
        }
        var made = rep with
        {
            Id = facts.GetValueOrDefault("rep.id") as string ?? rep.Id,
            Title = facts.GetValueOrDefault("rep.title") as string,
            Territory = facts.GetValueOrDefault("rep.territory") as string,
            HiredOn = facts.GetValueOrDefault("rep.hired_on") as DateOnly? ?? rep.HiredOn,
            LeftOn = facts.GetValueOrDefault("rep.left_on") as DateOnly?,
            TargetIncentive = facts.GetValueOrDefault("rep.target_incentive") as decimal? ?? rep.TargetIncentive,
            BaseSalary = facts.GetValueOrDefault("rep.base_salary") as decimal? ?? rep.BaseSalary,
            Facts = With(facts.Where(f => f.Key.StartsWith("rep.facts.", StringComparison.Ordinal)).Select(f => KeyValuePair.Create(f.Key["rep.facts.".Length..], f.Value)), rep.Facts),
        };
        return holds(made) ? made : null;
    }

    /// <summary>Notes what must be so that a node is true, or false; false where it is not known how.</summary>
    private static bool Satisfy(Node node, bool isTrue, Dictionary<string, object> facts) => node switch
    {
        TruthLiteral truth => truth.Value == isTrue,
        NameNode name => Set(facts, name, isTrue),
        UnaryNode { Operator: UnaryOperator.Not } not => Satisfy(not.Operand, !isTrue, facts),
        BinaryNode { Operator: BinaryOperator.And } b when isTrue => Satisfy(b.Left, true, facts) & Satisfy(b.Right, true, facts),
        BinaryNode { Operator: BinaryOperator.Or } b when !isTrue => Satisfy(b.Left, false, facts) & Satisfy(b.Right, false, facts),
        BinaryNode { Operator: BinaryOperator.And or BinaryOperator.Or } b => Satisfy(b.Left, isTrue, facts) || Satisfy(b.Right, isTrue, facts),
        BinaryNode { Left: NameNode name, Operator: < BinaryOperator.Add } b => Compared(facts, name, b.Operator, b.Right, isTrue),
        InNode { Operand: NameNode name } i => Compared(facts, name, i.IsNegated == isTrue ? BinaryOperator.NotEqual : BinaryOperator.Equal, i.Items[0], true),
        _ => false,
    };

    private static bool Compared(Dictionary<string, object> facts, NameNode name, BinaryOperator @operator, Node value, bool isTrue)
    {
        // Where it must not hold, the value of the other side of the edge does.
        var step = (@operator, isTrue) switch
        {
            (BinaryOperator.Equal, true) or (BinaryOperator.NotEqual, false) or (BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual, true) or (BinaryOperator.Less or BinaryOperator.Greater, false) => 0,
            (BinaryOperator.Less, true) or (BinaryOperator.GreaterOrEqual, false) => -1,
            _ => 1,
        };
        return value switch
        {
            TextLiteral text => Set(facts, name, step == 0 ? text.Value : text.Value + "x"),
            DateLiteral date => Set(facts, name, DateOnly.FromDayNumber(Math.Clamp(date.Value.DayNumber + step, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber))),
            TruthLiteral truth => Set(facts, name, truth.Value == (step == 0)),
            _ => Constants.Literal(value) is { } number && Set(facts, name, number + step),
        };
    }

    private static bool Set(Dictionary<string, object> facts, NameNode name, object value) => facts.TryAdd(name.Name, value) || facts[name.Name].Equals(value);

    /// <summary>Where nothing is made up, the very same facts: the rep is then the same for several conditions.</summary>
    private static FactSet With(IEnumerable<KeyValuePair<string, object>> made, FactSet others) =>
        made.Any() ? new FactSet(made.Concat(others.All).DistinctBy(f => f.Key, StringComparer.Ordinal)) : others;
}
