using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Spm.Compensation.Crediting;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Host;

/// <summary>What JSON Schema cannot know from the types: decimals are strings, and which texts are decimals, dates and instants.</summary>
internal static class OpenApiSchemas
{
    // Views hold decimals as texts that are already formatted; inputs read them as texts, so that a refusal can quote what was sent.
    private static readonly HashSet<string> Decimals = new(StringComparer.Ordinal)
    {
        "amount", "quantity", "margin", "percent", "credited", "credited_to_date", "quota", "attainment", "earned_to_date", "amount_at_stake", "measurement",
        "debits", "credits", "difference", "balance", "rate", "earned",
    };

    private static readonly ConcurrentDictionary<string, Type> Names = new(StringComparer.Ordinal);

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal) { "house", "deleted" };

    /// <summary>Types lose the suffix that only the code needs: RepView is Rep, a page of them is RepPage.</summary>
    public static string? Name(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var name = NameOf(type, info);
        // Two types under one name would be described as one of them, at random.
        return name is null || Names.GetOrAdd(name, type) == type
            ? name
            : throw new InvalidOperationException($"{type} and {Names[name]} would both be '{name}' in the OpenAPI document: rename one.");
    }

    private static string? NameOf(Type type, JsonTypeInfo info)
    {
        if (type == typeof(ProblemBody))
        {
            return "ProblemDetails";
        }
        if (type == typeof(ProblemField))
        {
            return "ProblemDetailsError";
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>))
        {
            return $"{Short(type.GetGenericArguments()[0].Name)}Page";
        }
        return OpenApiOptions.CreateDefaultSchemaReferenceId(info) is { } name ? Short(name) : null;
    }

    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        var name = context.JsonPropertyInfo?.Name ?? "";
        var nullable = schema.Type is { } known && known.HasFlag(JsonSchemaType.Null) || Nullable.GetUnderlyingType(type) is not null;
        if (type == typeof(decimal) || type == typeof(decimal?))
        {
            Text(schema, "decimal", nullable);
        }
        else if (type == typeof(string))
        {
            DescribeText(schema, context, name, nullable);
        }
        else if (type == typeof(double))
        {
            // A share of work done, the only number that is not exact.
            schema.Format = null;
        }
        else if (type == typeof(ProblemField))
        {
            schema.AdditionalPropertiesAllowed = true;
        }
        else if (type.IsEnum)
        {
            // The list grows: a client that meets a value it does not know must not fail.
            schema.Description = "More values may be added.";
            schema.Type ??= JsonSchemaType.String;
            if (type == typeof(CreditSources))
            {
                // Flags have no list of values in JSON Schema; one at a time is sent.
                (schema.Type, schema.Enum) = (JsonSchemaType.String, ["direct", "overlay", "roll_up"]);
            }
        }
        return Task.CompletedTask;
    }

    private static void DescribeText(OpenApiSchema schema, OpenApiSchemaTransformerContext context, string name, bool nullable)
    {
        // The converter of a property whose text may be written as a JSON number or boolean hides its type.
        var loose = context.JsonPropertyInfo?.CustomConverter is TextConverter;
        if (loose && Flags.Contains(name))
        {
            schema.Type = JsonSchemaType.Boolean | JsonSchemaType.Null;
        }
        else if (loose && name == "version")
        {
            (schema.Type, schema.Format) = (JsonSchemaType.Integer | JsonSchemaType.Null, "int64");
        }
        else if (Decimals.Contains(name))
        {
            Text(schema, "decimal", nullable || loose);
        }
        else if (name == "date")
        {
            Text(schema, "date", nullable);
        }
        else if (name.EndsWith("_at", StringComparison.Ordinal))
        {
            Text(schema, "date-time", nullable);
        }
    }

    private static void Text(OpenApiSchema schema, string format, bool nullable)
    {
        schema.Type = nullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        schema.Format = format;
    }

    private static string Short(string name) => name.EndsWith("View", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : name;
}
