using System.Text;
using System.Text.Json;

namespace Spm.Compensation.Documents;

/// <summary>
/// Reads JSON (comments and trailing commas are welcome in a file that people write) into nodes that know their line. A name that stands twice is an error:
/// which of the two would pay?
/// </summary>
public static class DocParser
{
    /// <summary>A plan nests some ten levels deep.</summary>
    public const int MaxDepth = 64;

    /// <summary>Letters of a member's name: it stands in the place of every error below it.</summary>
    public const int MaxName = 200;

    /// <returns>Null when the text is no JSON; the error says where.</returns>
    public static DocNode? Parse(ReadOnlyMemory<byte> utf8, DocErrors errors)
    {
        var text = utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
        var lines = new LineIndex(text.Span);
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            errors.Add(new DocError("", 1, 1, "document_empty", "There is no document: the text is empty."));
            return null;
        }
        var reader = new Utf8JsonReader(
            text.Span, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var root = Value(ref reader, DocPath.Root, lines, errors);
            return reader.Read() ? throw new JsonException("There is more after the end of the document.") : root;
        }
        catch (JsonException broken)
        {
            var (line, column) = broken.LineNumber is { } at ? ((int)at + 1, (int)(broken.BytePositionInLine ?? 0) + 1) : lines.Of((int)reader.TokenStartIndex);
            var detail = broken.Message;
            var tail = detail.IndexOf(" LineNumber:", StringComparison.Ordinal);
            errors.Add(new DocError("", line, column, "json_invalid", tail < 0 ? detail : detail[..tail]));
            return null;
        }
    }

    public static DocNode? Parse(string text, DocErrors errors) => Parse(Encoding.UTF8.GetBytes(text), errors);

    private static DocNode Value(ref Utf8JsonReader reader, DocPath path, LineIndex lines, DocErrors errors)
    {
        var (line, column) = lines.Of((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return new DocNode(DocKind.Object, path, line, column, errors) { Members = Members(ref reader, path, lines, errors) };
            case JsonTokenType.StartArray:
                List<DocNode> items = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, path.Item(items.Count), lines, errors));
                }
                return new DocNode(DocKind.Array, path, line, column, errors) { Items = items };
            case JsonTokenType.String:
                return new DocNode(DocKind.Text, path, line, column, errors) { Scalar = Text(ref reader, lines) };
            case JsonTokenType.Number:
                return new DocNode(DocKind.Number, path, line, column, errors) { Scalar = Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True or JsonTokenType.False:
                return new DocNode(DocKind.Truth, path, line, column, errors) { Scalar = reader.TokenType == JsonTokenType.True ? "true" : "false" };
            default:
                return new DocNode(DocKind.Null, path, line, column, errors);
        }
    }

    private static List<(string Name, DocNode Value)> Members(ref Utf8JsonReader reader, DocPath path, LineIndex lines, DocErrors errors)
    {
        List<(string Name, DocNode Value)> members = [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader, lines);
            var (line, column) = lines.Of((int)reader.TokenStartIndex);
            if (name.Length > MaxName)
            {
                throw new JsonException($"The name of a member has at most {MaxName} letters.", null, line - 1, column - 1);
            }
            var at = path.Member(name);
            reader.Read();
            var value = Value(ref reader, at, lines, errors);
            if (names.Add(name))
            {
                members.Add((name, value));
            }
            else
            {
                errors.Add(new DocError(at.ToString(), line, column, "field_twice", $"'{name}' stands here twice."));
            }
        }
        return members;
    }

    private static string Text(ref Utf8JsonReader reader, LineIndex lines)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var (line, column) = lines.Of((int)reader.TokenStartIndex);
            throw new JsonException("Half of a surrogate pair, or bytes that are not UTF-8.", null, line - 1, column - 1);
        }
    }

    /// <summary>Where each line begins.</summary>
    private sealed class LineIndex
    {
        private readonly List<int> _starts = [0];

        public LineIndex(ReadOnlySpan<byte> text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '\n')
                {
                    _starts.Add(i + 1);
                }
            }
        }

        public (int Line, int Column) Of(int position)
        {
            var found = _starts.BinarySearch(position);
            var line = found >= 0 ? found : ~found - 1;
            return (line + 1, position - _starts[line] + 1);
        }
    }
}
