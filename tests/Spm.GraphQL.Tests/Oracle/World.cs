using System.Text;
using Spm.GraphQL.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Building;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>
/// Data that is made of a seed, full of nulls and errors; tests/oracles/graphql-js makes the same. What a field is depends on its path and
/// its arguments alone. Some fields come late when they are asked to.
/// </summary>
internal sealed class World(string seed, bool late)
{
    private static readonly string[] Texts = ["plain", "q\"uo\\te", "é😀", "line\nbreak\u0007", ""];

    public static Schema SchemaOf(string sdl)
    {
        var config = SdlReader.Read(Parser.Parse(sdl, ParserOptions.ForSchemas));
        return Schema.Create(config with { Types = [.. config.Types.Select(Resolved)] });
    }

    private static TypeConfig Resolved(TypeConfig type) => type is ObjectTypeConfig fields
        ? fields with { Fields = [.. fields.Fields.Select(f => f with { Resolver = FieldResolver.OfAsync(c => ((World)c.Request.Services.GetService(typeof(World))!).Resolve(c)) })] }
        : type;

    private ValueTask<object?> Resolve(ResolveContext context)
    {
        using var arguments = new JsonBuffer();
        JsonValue.Write(arguments, context.Arguments);
        var key = $"{seed}{string.Concat(context.Path.Select(p => $"/{p}"))}{Encoding.UTF8.GetString(arguments.Written)}";
        var (schema, type) = (context.Schema, context.Field.Type);
        return late && Hash("late " + key) % 3 == 0 ? new(Late(schema, type, key)) : new(Value(schema, type, key));
    }

    private static async Task<object?> Late(Schema schema, GraphQLType type, string key)
    {
        await Task.Yield();
        return Value(schema, type, key);
    }

    private static object? Value(Schema schema, GraphQLType type, string key)
    {
        var hash = Hash(key);
        var chance = hash % 1000;
        if (type is NonNullType nonNull)
        {
            return chance < 15 ? null : Value(schema, nonNull.OfType, key + "!");
        }
        if (chance < 60)
        {
            return null;
        }
        if (chance < 90)
        {
            throw new GraphQLException(new GraphQLError($"broken {key}"));
        }
        if (type is ListType list)
        {
            return chance < 110 ? 7 : Enumerable.Range(0, (int)(hash % 5)).Select(i => Item(schema, list.OfType, $"{key}.{i}")).ToArray();
        }
        return (NamedType)type switch
        {
            EnumType values => chance < 110 ? "NONE" : Pick(values.Values, hash).Name.Value,
            ObjectType => new Dictionary<string, object?> { ["key"] = key },
            ScalarType scalar => Scalar(scalar.Name.Value, hash, chance),
            var some when chance < 110 => new Dictionary<string, object?> { ["key"] = key },
            var some => new Dictionary<string, object?>
            {
                ["key"] = key,
                ["__typename"] = chance < 130 ? "Nothing" : chance < 150 ? "Query" : Pick(some.PossibleTypes, hash).Name.Value,
            },
        };
    }

    private static object? Item(Schema schema, GraphQLType type, string key)
    {
        try
        {
            return Value(schema, type, key);
        }
        catch (GraphQLException broken)
        {
            return Task.FromException<object?>(broken);
        }
    }

    private static object Scalar(string name, uint hash, uint chance) => name switch
    {
        "Int" when chance < 110 => 1.5,
        "Int" => (int)((hash >> 10) % 1000) - 500,
        "Float" => ((hash >> 10) % 100000) / 64d,
        "Boolean" => (hash >> 10) % 2 == 0,
        "ID" => $"id-{(hash >> 10) % 1000}",
        _ => Pick(Texts, hash),
    };

    private static T Pick<T>(IReadOnlyList<T> items, uint hash) => items[(int)((hash >> 10) % items.Count)];

    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16777619u;
        }
        hash = (hash ^ (hash >> 15)) * 2246822519u;
        return hash ^ (hash >> 13);
    }
}
