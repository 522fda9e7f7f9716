namespace Spm.Compensation.Documents;

/// <summary>JSON Schemas are kept as text beside the readers they describe; this puts texts together.</summary>
internal static class SchemaText
{
    private const string Properties = "\"properties\": {";

    /// <summary>The schema of an object with one more member, written as <c>"name": { … }</c>, in front of its own.</summary>
    public static string With(string schema, string member)
    {
        var at = schema.IndexOf(Properties, StringComparison.Ordinal) + Properties.Length;
        return $"{schema[..at]}\n{member},{schema[at..]}";
    }
}
