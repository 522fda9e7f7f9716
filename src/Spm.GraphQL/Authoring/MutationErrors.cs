using System.Reflection;
using Spm.GraphQL.Language;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring;

/// <summary>Refusals as data: a payload with the result and the errors that a mutation declares.</summary>
internal sealed class MutationErrors(ClrSchemaTypes types)
{
    private const string Interface = "Error";

    public FieldConfig Payload(FieldConfig field, IReadOnlyList<Type> refusals)
    {
        var stem = char.ToUpperInvariant(field.Name[0]) + field.Name[1..];
        var errors = types.Ensure(stem + "Error", () => new UnionTypeConfig
        {
            Name = stem + "Error",
            Description = $"Why `{field.Name}` was refused.",
            Types = [.. refusals.Select(ErrorType)],
            ResolveType = thrown => refusals.FirstOrDefault(r => r.IsInstanceOfType(thrown)) is { } type ? NameOf(type) : null,
        });
        var payload = types.Ensure(stem + "Payload", () => new ObjectTypeConfig
        {
            Name = stem + "Payload",
            Fields =
            [
                new FieldConfig
                {
                    Name = ResultName(field.Type),
                    Type = (field.Type as NonNullTypeNode)?.Type ?? field.Type,
                    Description = "Null when it was refused.",
                    Resolver = FieldResolver.Of(context => ((Outcome)context.Source!).Result),
                },
                new FieldConfig
                {
                    Name = "errors",
                    Type = TypeNode.Parse($"[{errors}!]"),
                    Description = "Null when it went well.",
                    Resolver = FieldResolver.Of(context => ((Outcome)context.Source!).Errors),
                },
            ],
        });
        return field with { Type = TypeNode.Parse(payload + "!"), Resolver = Caught((FieldResolver)field.Resolver!, refusals) };
    }

    private static string NameOf(Type exception) =>
        exception.Name.EndsWith("Exception", StringComparison.Ordinal) ? exception.Name[..^"Exception".Length] + "Error" : exception.Name;

    private static string ResultName(TypeNode type) =>
        type.Named.Name.Value is "String" or "Int" or "Float" or "Boolean" or "ID" || type is ListTypeNode or NonNullTypeNode { Type: ListTypeNode }
            ? "result"
            : ClrNames.Camel(type.Named.Name.Value);

    /// <summary>What an exception is to clients: its message, and the properties of its own.</summary>
    private string ErrorType(Type exception) => types.Ensure(NameOf(exception), () =>
    {
        types.Ensure(Interface, () => new InterfaceTypeConfig
        {
            Name = Interface,
            Description = "Why something was refused.",
            Fields = [new FieldConfig { Name = "message", Type = TypeNode.Parse("String!") }],
            ResolveType = thrown => NameOf(thrown.GetType()),
        });
        var own = exception.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.Name != nameof(Exception.Message) && p.GetIndexParameters().Length == 0 && !p.IsDefined(typeof(GraphQLIgnoreAttribute)));
        return new ObjectTypeConfig
        {
            Name = NameOf(exception),
            Description = types.Docs.Of(exception),
            ClrType = exception,
            Interfaces = [Interface],
            Fields =
            [
                new FieldConfig
                {
                    Name = "message",
                    Type = TypeNode.Parse("String!"),
                    Resolver = FieldResolver.Of(context => ((Exception)context.Source!).Message),
                },
                .. own.Select(p => new FieldConfig
                {
                    Name = ClrNames.Field(p),
                    Type = new ClrTypeRefs(types).Output(types.Nullability.Create(p), p.IsDefined(typeof(IDAttribute))),
                    Description = types.Docs.Of(p),
                    Resolver = FieldResolver.Later(() => ClrResolvers.Property(p)),
                }),
            ],
        };
    });

    private static FieldResolver Caught(FieldResolver resolver, IReadOnlyList<Type> refusals)
    {
        return resolver.IsSync
            ? FieldResolver.Of(context =>
            {
                try
                {
                    return new Outcome(resolver.Sync!(context), null);
                }
                catch (Exception thrown) when (IsRefusal(thrown))
                {
                    return new Outcome(null, [thrown]);
                }
            })
            : FieldResolver.OfAsync(async context =>
            {
                try
                {
                    return new Outcome(await resolver.Async!(context).ConfigureAwait(false), null);
                }
                catch (Exception thrown) when (IsRefusal(thrown))
                {
                    return new Outcome(null, [thrown]);
                }
            });

        bool IsRefusal(Exception thrown) => refusals.Any(r => r.IsInstanceOfType(thrown));
    }

    private sealed record Outcome(object? Result, Exception[]? Errors);
}
