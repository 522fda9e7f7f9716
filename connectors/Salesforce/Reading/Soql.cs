namespace Spm.Connectors.Salesforce;

/// <summary>Texts of queries. Names come from this connector or, checked by the manifest's schema, from the configuration.</summary>
internal static class Soql
{
    public const string Changed = "SystemModstamp";

    public static string Select(IEnumerable<string> fields, string type, string? where = null) =>
        $"SELECT {string.Join(',', fields)} FROM {type}{(where is null ? "" : $" WHERE {where}")}";

    /// <summary>In the order of changes, from a mark on. Within one instant, which an import fills, by id.</summary>
    public static string Since(IEnumerable<string> fields, string type, string? where, Mark from)
    {
        var time = from.Time is { } at ? Instant.Write(at) : null;
        var since = time is null ? null
            : from.Id.Length == 0 ? $"{Changed} >= {time}"
            : $"(({Changed} = {time} AND Id > {Quoted(from.Id)}) OR {Changed} > {time})";
        return $"{Select(fields, type, where is null ? since : since is null ? where : $"{where} AND {since}")} ORDER BY {Changed}, Id";
    }

    public static string In(string field, IEnumerable<string> values) => $"{field} IN ({string.Join(',', values.Select(Quoted))})";

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
