using System.Text;
using System.Text.Json;

namespace Spm.Connectors;

/// <summary>Where the values of a JSON text stand, by pointer. The reader of the framework tells values, not places.</summary>
internal sealed class JsonPositions
{
    private readonly Dictionary<string, (int Line, int Column)> _places = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">Not JSON, or a member stands twice.</exception>
    public JsonPositions(byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow });
        reader.Read();
        Value(ref reader, "", json);
    }

    public (int Line, int Column) Of(string pointer) => _places.GetValueOrDefault(pointer, (0, 0));

    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private void Value(ref Utf8JsonReader reader, string pointer, byte[] json)
    {
        _places[pointer] = Place(json, (int)reader.TokenStartIndex);
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var member = pointer + "/" + Escape(reader.GetString()!);
                if (_places.ContainsKey(member))
                {
                    var (line, column) = Place(json, (int)reader.TokenStartIndex);
                    throw new JsonException($"'{member}' stands twice.", member, line - 1, column - 1);
                }
                reader.Read();
                Value(ref reader, member, json);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            {
                Value(ref reader, $"{pointer}/{i}", json);
            }
        }
    }

    private static (int Line, int Column) Place(byte[] json, int offset)
    {
        var before = json.AsSpan(0, offset);
        var start = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }
}
