using System.Text;

namespace Spm.GraphQL.Types;

/// <summary>
/// A name with the bytes that a response needs, encoded once. A name of GraphQL is ASCII without anything that JSON escapes.
/// </summary>
public sealed class JsonName
{
    private readonly byte[] _property;

    public JsonName(string value)
    {
        Value = value;
        _property = Encoding.UTF8.GetBytes($"\"{value}\":");
    }

    public string Value { get; }

    /// <summary><c>name</c></summary>
    public ReadOnlyMemory<byte> Utf8 => _property.AsMemory(1, _property.Length - 3);

    /// <summary><c>"name"</c></summary>
    public ReadOnlyMemory<byte> Json => _property.AsMemory(0, _property.Length - 1);

    /// <summary><c>"name":</c></summary>
    public ReadOnlyMemory<byte> Property => _property;

    public override string ToString() => Value;
}
