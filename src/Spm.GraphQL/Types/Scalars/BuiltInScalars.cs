using System.Collections.Frozen;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types.Scalars;

/// <summary>The scalars that the specification defines. A schema has those that it uses.</summary>
public static class BuiltInScalars
{
    public static ImmutableArray<ScalarTypeConfig> All { get; } =
        [StringScalar.Config, IntScalar.Config, FloatScalar.Config, BooleanScalar.Config, IdScalar.Config];

    internal static FrozenSet<string> Names { get; } = All.Select(s => s.Name).ToFrozenSet(StringComparer.Ordinal);
}
