using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Spm.Connectors.Tests.Salesforce;

/// <summary>Records of one object, found by the queries that the connector asks. Any other query is refused as Salesforce refuses nonsense.</summary>
internal sealed partial class SalesforceTable(string type, string fields)
{
    private readonly Dictionary<string, JsonObject> _rows = new(StringComparer.Ordinal);

    public string Type { get; } = type;

    /// <summary>By name, with the type that describe gives. Fields of parents are not described.</summary>
    public Dictionary<string, string> Fields { get; } = fields.Split(' ').Select(f => f.Split(':')).ToDictionary(f => f[0], f => f.Length > 1 ? f[1] : "string", StringComparer.Ordinal);

    /// <summary>Without those in the recycle bin.</summary>
    public IEnumerable<JsonObject> Living => _rows.Values.Where(r => !IsDeleted(r));

    public IReadOnlyList<(string Id, DateTimeOffset At)> Deleted =>
        [.. _rows.Values.Where(IsDeleted).Select(r => (r["Id"]!.GetValue<string>(), At(r)))];

    public JsonObject this[string id] => _rows[id];

    public void Put(string id, DateTimeOffset at, params (string Name, JsonNode? Value)[] values)
    {
        var row = _rows.TryGetValue(id, out var known) ? known : _rows[id] = new JsonObject { ["Id"] = id, ["IsDeleted"] = false };
        row["SystemModstamp"] = Written(at);
        foreach (var (name, value) in values)
        {
            row[name] = value;
        }
    }

    public string Delete(string id, DateTimeOffset at)
    {
        Put(id, at, ("IsDeleted", true));
        return id;
    }

    /// <summary>Null: it is refused; then the code says why.</summary>
    public (IReadOnlyList<JsonObject>? Rows, string Code) Find(string[] asked, string where, bool deletedToo)
    {
        if (asked.FirstOrDefault(f => !Fields.ContainsKey(f.Split('.')[0]) && f is not ("IsDeleted" or "RecordType.DeveloperName")) is { } unknown)
        {
            return (null, $"INVALID_FIELD: No such column '{unknown}' on entity '{Type}'");
        }
        var conditions = new List<Func<JsonObject, bool>>();
        while (where.Length > 0)
        {
            if (Condition(where) is not var (condition, length))
            {
                return (null, $"MALFORMED_QUERY: unexpected token: {where}");
            }
            conditions.Add(condition);
            where = where[length..];
            where = where.StartsWith(" AND ", StringComparison.Ordinal) ? where[5..] : where;
        }
        return (
            [.. (deletedToo ? _rows.Values : Living).Where(r => conditions.TrueForAll(c => c(r))).OrderBy(At).ThenBy(r => r["Id"]!.GetValue<string>(), StringComparer.Ordinal)],
            "");
    }

    private static (Func<JsonObject, bool>, int)? Condition(string where)
    {
        if (Among().Match(where) is { Success: true } among)
        {
            var (field, values) = (among.Groups["field"].Value, among.Groups["values"].Value.Split(',').Select(v => v.Trim('\'')).ToHashSet(StringComparer.Ordinal));
            return (r => values.Contains(r[field]!.GetValue<string>()), among.Length);
        }
        if (From().Match(where) is { Success: true } from)
        {
            var time = Time(from.Groups["time"].Value);
            return (r => At(r) >= time, from.Length);
        }
        if (After().Match(where) is { Success: true } after)
        {
            var (time, id) = (Time(after.Groups["time"].Value), after.Groups["id"].Value);
            return (r => At(r) > time || (At(r) == time && string.CompareOrdinal(r["Id"]!.GetValue<string>(), id) > 0), after.Length);
        }
        return Active().Match(where) is { Success: true } active ? (_ => true, active.Length) : null;
    }

    public static DateTimeOffset At(JsonObject row) => DateTimeOffset.Parse(row["SystemModstamp"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    /// <summary>Salesforce keeps whole seconds.</summary>
    public static string Written(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000+0000'", CultureInfo.InvariantCulture);

    private static bool IsDeleted(JsonObject row) => row["IsDeleted"]!.GetValue<bool>();

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [GeneratedRegex(@"^(?<field>\w+) IN \((?<values>'[^)]*')\)")]
    private static partial Regex Among();

    [GeneratedRegex(@"^SystemModstamp >= (?<time>[-\dT:.]+Z)")]
    private static partial Regex From();

    [GeneratedRegex(@"^\(\(SystemModstamp = (?<time>[-\dT:.]+Z) AND Id > '(?<id>\w+)'\) OR SystemModstamp > \k<time>\)")]
    private static partial Regex After();

    [GeneratedRegex(@"^(Territory2\.)?Territory2Model\.State = 'Active'")]
    private static partial Regex Active();
}
