using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>
/// What `fields` of a GET asks for: names of the answer's fields, with a point into objects and lists, `id,managers.manager`. Of a page it is the fields of
/// its rows. The answer is as it would be, without the others.
/// </summary>
public sealed class FieldSelection
{
    public const string Parameter = "fields";

    private readonly Dictionary<string, FieldSelection> _names = new(StringComparer.Ordinal);

    private FieldSelection()
    {
    }

    /// <summary>Of a GET that answers with JSON; null of any other operation.</summary>
    public static Type? Answer(string method, IEnumerable<object> metadata) => !HttpMethods.IsGet(method) ? null : metadata.OfType<IProducesResponseTypeMetadata>()
        .FirstOrDefault(p => p.StatusCode == StatusCodes.Status200OK && p.ContentTypes.Contains("application/json"))?.Type;

    /// <param name="answer">A field that it does not have is refused.</param>
    public static Result<FieldSelection> Read(string text, Type answer)
    {
        var selection = new FieldSelection();
        string[] paths = text.Split(',', StringSplitOptions.TrimEntries);
        if (paths.Length > Limits.MaxFields)
        {
            return Error.Of(Parameter, ErrorCodes.ParameterInvalid, $"`{Parameter}` names at most {Limits.MaxFields} fields.");
        }
        foreach (var path in paths)
        {
            if (!selection.Add(path.Split('.'), Row(answer)))
            {
                return Error.Of(Parameter, ErrorCodes.ParameterInvalid, $"The answer has no field '{path}' that can be asked for: names have a point into objects and lists, over {Limits.FieldDepth} levels at most.");
            }
        }
        return selection;
    }

    /// <summary>Takes away what was not asked for.</summary>
    public void Apply(JsonNode? answer)
    {
        if (answer is JsonObject page && page["data"] is JsonArray rows && page.ContainsKey("next_cursor"))
        {
            Cut(rows);
        }
        else
        {
            Cut(answer);
        }
    }

    private void Cut(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var element in list)
                {
                    Cut(element);
                }
                break;
            case JsonObject value when _names.Count > 0:
                foreach (var (name, field) in value.ToList())
                {
                    if (_names.TryGetValue(name, out var within))
                    {
                        within.Cut(field);
                    }
                    else
                    {
                        value.Remove(name);
                    }
                }
                break;
        }
    }

    private bool Add(ReadOnlySpan<string> path, Type? type)
    {
        if (path.Length > Limits.FieldDepth || path[0].Length == 0 || !TryField(type, path[0], out var field))
        {
            return false;
        }
        var whole = _names.TryGetValue(path[0], out var within) && within._names.Count == 0;
        within ??= _names[path[0]] = new FieldSelection();
        if (path.Length == 1)
        {
            // Who asks for a field and for a part of it gets it whole.
            within._names.Clear();
            return true;
        }
        return whole ? new FieldSelection().Add(path[1..], field) : within.Add(path[1..], field);
    }

    /// <param name="field">Null where fields are not known beforehand: documents, facts, what is kept by name.</param>
    private static bool TryField(Type? type, string name, out Type? field)
    {
        field = null;
        if (type is null)
        {
            return true;
        }
        var info = Json.Options.GetTypeInfo(Element(type));
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when info.Type != typeof(object):
                field = info.Properties.FirstOrDefault(p => p.Name == name)?.PropertyType;
                return field is not null;
            case JsonTypeInfoKind.Dictionary:
                return true;
            default:
                return info.Type == typeof(object) || typeof(JsonElement).IsAssignableFrom(info.Type) || typeof(JsonNode).IsAssignableFrom(info.Type);
        }
    }

    private static Type Row(Type answer) => answer.GetProperty("Data") is { } data && answer.GetProperty("NextCursor") is not null ? Element(data.PropertyType) : answer;

    private static Type Element(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return Json.Options.GetTypeInfo(plain) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } ? Element(element) : plain;
    }
}
