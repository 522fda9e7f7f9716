using System.Globalization;
using System.Text.Json;

namespace Spm.Connectors.Salesforce;

/// <summary>A record by the names that a query asked for, all texts. A field of a parent is named as in the query: <c>RecordType.DeveloperName</c>.</summary>
internal sealed record Row(IReadOnlyDictionary<string, string?> Fields)
{
    public string Id => Required("Id");

    /// <summary>When anything about it was last changed, by whomever: a person, a trigger, an import. Null where it does not say, or says no instant.</summary>
    public DateTimeOffset? ModifiedAt => new FieldReader(null, Fields).Time(Soql.Changed);

    /// <exception cref="ConnectorException">RemoteBug: it was asked for and did not come.</exception>
    public string Required(string name) => Fields.GetValueOrDefault(name)
        ?? throw new ConnectorException(ErrorKind.RemoteBug, $"Salesforce gives a record without {name}.");

    public static Row Of(JsonElement record)
    {
        var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Add(fields, "", record);
        return new Row(fields);
    }

    private static void Add(Dictionary<string, string?> to, string prefix, JsonElement record)
    {
        foreach (var member in record.EnumerateObject().Where(m => m.Name != "attributes"))
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Add(to, $"{prefix}{member.Name}.", member.Value);
            }
            else
            {
                to[prefix + member.Name] = Text(member.Value);
            }
        }
    }

    /// <summary>Large numbers come with an exponent, which is taken out.</summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Instant.Plain(value.GetString()!),
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}
