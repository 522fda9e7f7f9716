using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>Whether values are written alike. Fields of objects and arguments may stand in any order.</summary>
internal static class ValueEquality
{
    /// <param name="spend">Accounts for steps.</param>
    public static bool Same(ImmutableArray<ArgumentNode> a, ImmutableArray<ArgumentNode> b, Action<int> spend)
    {
        if (a.Length != b.Length)
        {
            return false;
        }
        foreach (var argument in a)
        {
            spend(b.Length);
            if (b.LastOrDefault(o => o.Name.Value == argument.Name.Value) is not { } other || !Same(argument.Value, other.Value, spend))
            {
                return false;
            }
        }
        return true;
    }

    private static bool Same(ValueNode a, ValueNode b, Action<int> spend)
    {
        spend(1);
        return (a, b) switch
        {
            (VariableNode x, VariableNode y) => x.Name.Value == y.Name.Value,
            (IntValueNode x, IntValueNode y) => x.Value == y.Value,
            (FloatValueNode x, FloatValueNode y) => x.Value == y.Value,
            (StringValueNode x, StringValueNode y) => x.Value == y.Value && x.Block == y.Block,
            (BooleanValueNode x, BooleanValueNode y) => x.Value == y.Value,
            (EnumValueNode x, EnumValueNode y) => x.Value == y.Value,
            (NullValueNode, NullValueNode) => true,
            (ListValueNode x, ListValueNode y) => x.Values.Length == y.Values.Length
                && x.Values.Zip(y.Values).All(p => Same(p.First, p.Second, spend)),
            (ObjectValueNode x, ObjectValueNode y) => x.Fields.Length == y.Fields.Length
                && Sorted(x).Zip(Sorted(y)).All(p => p.First.Name.Value == p.Second.Name.Value && Same(p.First.Value, p.Second.Value, spend)),
            _ => false,
        };
    }

    private static IEnumerable<ObjectFieldNode> Sorted(ObjectValueNode value) => value.Fields.OrderBy(f => f.Name.Value, StringComparer.Ordinal);
}
