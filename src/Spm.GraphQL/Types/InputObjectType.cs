using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

public sealed class InputObjectType : NamedType
{
    internal InputObjectType(InputObjectTypeConfig config)
        : base(config)
    {
        IsOneOf = config.IsOneOf;
        Create = config.Create;
    }

    public NameMap<InputValue> Fields { get; internal set; } = NameMap<InputValue>.Empty;

    /// <summary>Whether exactly one field must be given, and not null.</summary>
    public bool IsOneOf { get; }

    /// <summary>Makes the program's object of coerced fields; null when the fields themselves are handed on.</summary>
    public Func<InputObject, object>? Create { get; }

    public override TypeKind Kind => TypeKind.InputObject;
}
