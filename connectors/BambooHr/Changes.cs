using System.Text.Json;

namespace Spm.Connectors.BambooHr;

/// <summary>Who has changed after a place, in the order of their changes.</summary>
/// <param name="Unreadable">Those of whom nobody knows when they changed.</param>
internal sealed record Changes(IReadOnlyList<Change> InOrder, IReadOnlyList<SourceMessage> Unreadable)
{
    /// <exception cref="ConnectorException">RemoteBug: it is neither by id nor empty.</exception>
    public static Changes Of(JsonElement employees, Position from)
    {
        if (employees.ValueKind != JsonValueKind.Object)
        {
            return employees.ValueKind == JsonValueKind.Array && employees.GetArrayLength() == 0 ? new Changes([], [])
                : throw new ConnectorException(ErrorKind.RemoteBug, "BambooHR does not say by id who has changed.");
        }
        List<Change> changes = [];
        List<SourceMessage> unreadable = [];
        foreach (var employee in employees.EnumerateObject())
        {
            var change = new Change(employee.Name, default, employee.Value);
            var row = new FieldReader(employee.Name, new Dictionary<string, string?> { [Change.Time] = change.Text(Change.Time) });
            row.Required(Change.Time);
            if (row.Time(Change.Time) is not { } at)
            {
                unreadable.Add(row.Message(null, null));
            }
            else if (from.IsBefore(at, change.Id))
            {
                changes.Add(change with { At = at });
            }
        }
        return new Changes([.. changes.OrderBy(c => c.At).ThenBy(c => c.Id, StringComparer.Ordinal)], unreadable);
    }
}

/// <summary>That somebody has changed, as BambooHR says it.</summary>
internal sealed record Change(string Id, DateTimeOffset At, JsonElement Said)
{
    public const string Time = "lastChanged";

    public string? Text(string name) => Said.ValueKind == JsonValueKind.Object && Said.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    /// <summary>Null where they are no list of rows.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Rows() =>
        Said.TryGetProperty("rows", out var rows) && rows.ValueKind == JsonValueKind.Array && rows.EnumerateArray().All(r => r.ValueKind == JsonValueKind.Object)
            ? [.. rows.EnumerateArray().Select(r => r.Deserialize<Dictionary<string, JsonElement>>()!)]
            : null;

    public InvalidRow Invalid(string pointer, string code, string detail) => new(Id, Said.GetRawText(), [new RowError(pointer, code, detail)]);
}
