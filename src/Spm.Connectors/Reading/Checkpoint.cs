using System.Text.Json;

namespace Spm.Connectors;

/// <summary>
/// Covers exactly the records that came before it in the same run: the host stores both in one transaction, and a run that is killed
/// goes on here. The text belongs to the connector; nobody else reads it. A stream that is not ordered by its cursor may give a
/// checkpoint only at its end. Two checkpoints are equal if their texts are.
/// </summary>
public sealed record Checkpoint : SourceMessage
{
    /// <summary>Characters; the host stores one per stream and refuses longer ones.</summary>
    public const int MaxLength = 4096;

    public Checkpoint(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text.Length > MaxLength)
        {
            throw new ArgumentException($"A checkpoint has at most {MaxLength} characters, this one has {text.Length}.", nameof(text));
        }
        Text = text;
    }

    public string Text { get; }

    /// <summary>Writes a connector's own position as JSON.</summary>
    public static Checkpoint Of<T>(T position) => new(JsonSerializer.Serialize(position, JsonSerializerOptions.Web));

    /// <summary>Reads what <see cref="Of{T}"/> wrote.</summary>
    /// <exception cref="ConnectorException">CursorExpired: an older version wrote something else; the host reads everything again.</exception>
    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Text, JsonSerializerOptions.Web)
                ?? throw new ConnectorException(ErrorKind.CursorExpired, "The checkpoint is empty.");
        }
        catch (JsonException e)
        {
            throw new ConnectorException(ErrorKind.CursorExpired, "The checkpoint was written by another version of this connector.", e);
        }
    }
}
