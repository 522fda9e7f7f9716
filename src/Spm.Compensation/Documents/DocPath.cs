namespace Spm.Compensation.Documents;

/// <summary>Where a value stands. It becomes a JSON pointer when an error is told: a text for every value would be longer than the document.</summary>
public sealed class DocPath
{
    public static readonly DocPath Root = new(null, "", 0);

    private readonly DocPath? _owner;
    private readonly string? _name;
    private readonly int _index;

    private DocPath(DocPath? owner, string? name, int index)
    {
        _owner = owner;
        _name = name;
        _index = index;
    }

    public DocPath Member(string name) => new(this, name, 0);

    /// <param name="index">From 0.</param>
    public DocPath Item(int index) => new(this, null, index);

    /// <summary>/versions/0/components/1/rate_table; empty for the document itself.</summary>
    public override string ToString() =>
        _owner is null ? ""
        : _name is null ? $"{_owner}/{_index}"
        : $"{_owner}/{_name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
