using System.Text.Json;

namespace Spm.Connectors.Adp;

/// <summary>
/// The messages of an answer that refuses. There are two shapes: the confirm message of all of ADP (<c>userMessage/messageTxt</c>), and that of
/// Workforce Now (<c>processMessageInfoList/messageText</c>).
/// </summary>
internal sealed class Refusal
{
    private static readonly char[] Between = [' ', ':', ',', ';', '/', '\'', '"', '(', ')'];

    private Refusal(IReadOnlyList<string> messages) => Messages = messages;

    public IReadOnlyList<string> Messages { get; }

    public string Text => Messages.Count == 0 ? "ADP does not say why." : string.Join(' ', Messages);

    public static Refusal Read(string body)
    {
        List<string> messages = [];
        try
        {
            using var json = JsonDocument.Parse(body);
            Collect(json.RootElement, messages);
        }
        catch (JsonException)
        {
            // A page of a gateway: there is nothing to tell but the status.
        }
        return new Refusal([.. messages.Distinct()]);
    }

    /// <summary>What is said about a line: a message that has one of its names as a word of its own.</summary>
    public string? About(Entry entry) => Messages.FirstOrDefault(m => m.Split(Between, StringSplitOptions.RemoveEmptyEntries).Any(word => entry.Names.Contains(word.TrimEnd('.'))));

    private static void Collect(JsonElement json, List<string> messages)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    if (member.Name is "messageText" or "messageTxt" && member.Value.ValueKind == JsonValueKind.String)
                    {
                        messages.Add(member.Value.GetString()!);
                    }
                    else
                    {
                        Collect(member.Value, messages);
                    }
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Collect(item, messages);
                }
                break;
        }
    }
}
