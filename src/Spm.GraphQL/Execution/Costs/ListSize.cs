using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Execution.Costs;

/// <summary>How many items a field may have: what its arguments allow, else what is assumed.</summary>
internal sealed class ListSize
{
    /// <summary>Arguments that are taken to bound a list whose schema does not say which do.</summary>
    private static readonly ImmutableArray<string> Usual = ["first", "last", "limit", "take"];

    private readonly double _assumed;
    private readonly ImmutableArray<(InputValue Definition, ArgumentNode? Given)> _arguments;

    private ListSize(double assumed, ImmutableArray<(InputValue, ArgumentNode?)> arguments)
    {
        _assumed = assumed;
        _arguments = arguments;
        Variables = _arguments.Any(a => a.Given?.Value is VariableNode);
    }

    /// <summary>Of what is no list.</summary>
    public static ListSize One { get; } = new(1, []);

    /// <summary>Whether variables decide.</summary>
    public bool Variables { get; }

    public static ListSize Of(FieldNode field, FieldDefinition definition, int assumed)
    {
        var cost = definition.Cost;
        if (definition.Type.Nullable is not ListType && cost?.SizedFields.IsEmpty != false)
        {
            return One;
        }
        var names = cost is { SlicingArguments.IsEmpty: false } ? cost.SlicingArguments : Usual;
        return new ListSize(
            cost?.AssumedSize ?? assumed,
            [
                .. definition.Arguments.Where(a => names.Contains(a.Name.Value))
                    .Select(a => (a, field.Arguments.FirstOrDefault(g => g.Name.Value == a.Name.Value))),
            ]);
    }

    /// <summary>The largest that an argument allows.</summary>
    public double With(IReadOnlyDictionary<string, object?>? variables)
    {
        double? size = null;
        foreach (var (definition, given) in _arguments)
        {
            var coerced = given is null
                ? new ArgumentResult(definition.HasDefault, definition.DefaultValue)
                : ArgumentCoercion.Coerce(definition, given, given, variables);
            if (coerced.Value is int number)
            {
                size = Math.Max(size ?? 0, number);
            }
        }
        return size ?? _assumed;
    }
}
