using System.Collections.Frozen;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

/// <summary>The directives that every schema has.</summary>
public static class BuiltInDirectives
{
    public const string Include = "include";
    public const string Skip = "skip";
    public const string Deprecated = "deprecated";
    public const string SpecifiedBy = "specifiedBy";
    public const string OneOf = "oneOf";

    /// <summary>The reason of a deprecation that gives none.</summary>
    public const string DefaultDeprecationReason = "No longer supported";

    public static ImmutableArray<DirectiveConfig> All { get; } =
    [
        new()
        {
            Name = Include,
            Description = "The field or fragment counts only when `if` is true.",
            Locations = [DirectiveLocation.Field, DirectiveLocation.FragmentSpread, DirectiveLocation.InlineFragment],
            Arguments = [Argument("if", "Boolean!", "Whether it counts.")],
        },
        new()
        {
            Name = Skip,
            Description = "The field or fragment counts only when `if` is false.",
            Locations = [DirectiveLocation.Field, DirectiveLocation.FragmentSpread, DirectiveLocation.InlineFragment],
            Arguments = [Argument("if", "Boolean!", "Whether it is left out.")],
        },
        new()
        {
            Name = Deprecated,
            Description = "This will go away: use something else.",
            Locations =
            [
                DirectiveLocation.FieldDefinition, DirectiveLocation.ArgumentDefinition, DirectiveLocation.InputFieldDefinition,
                DirectiveLocation.EnumValue,
            ],
            Arguments =
            [
                Argument("reason", "String!", "Why, and what to use instead, in Markdown.") with
                {
                    DefaultValue = new StringValueNode(DefaultDeprecationReason),
                },
            ],
        },
        new()
        {
            Name = SpecifiedBy,
            Description = "Where the behaviour of this scalar is specified.",
            Locations = [DirectiveLocation.Scalar],
            Arguments = [Argument("url", "String!", "The URL of the specification.")],
        },
        new()
        {
            Name = OneOf,
            Description = "Exactly one field of this input object must be given, and it must not be null.",
            Locations = [DirectiveLocation.InputObject],
        },
    ];

    internal static FrozenSet<string> Names { get; } = All.Select(d => d.Name).ToFrozenSet(StringComparer.Ordinal);

    private static InputValueConfig Argument(string name, string type, string description) =>
        new() { Name = name, Type = TypeNode.Parse(type), Description = description };
}
