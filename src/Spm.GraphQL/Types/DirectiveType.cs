using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

/// <summary>A directive that a schema defines.</summary>
public sealed class DirectiveType
{
    internal DirectiveType(DirectiveConfig config, NameMap<InputValue> arguments)
    {
        Name = new JsonName(config.Name);
        Description = config.Description;
        Arguments = arguments;
        Locations = [.. config.Locations];
        IsRepeatable = config.IsRepeatable;
        Node = config.Node;
    }

    /// <summary>Without the at sign.</summary>
    public JsonName Name { get; }

    public string? Description { get; }

    public NameMap<InputValue> Arguments { get; }

    public ImmutableArray<DirectiveLocation> Locations { get; }

    /// <summary>Whether it may stand more than once in one place.</summary>
    public bool IsRepeatable { get; }

    /// <summary>The definition that it was read from, or null.</summary>
    public DirectiveDefinitionNode? Node { get; }

    /// <summary>Whether the specification defines it, rather than this schema.</summary>
    public bool IsSpecified => BuiltInDirectives.Names.Contains(Name.Value);

    public override string ToString() => $"@{Name}";
}
