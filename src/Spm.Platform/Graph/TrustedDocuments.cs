namespace Spm.Platform.Graph;

/// <summary>Documents of one's own applications, by the id under which they ask for them.</summary>
/// <param name="Only">Nothing else is executed.</param>
public sealed record TrustedDocuments(IReadOnlyDictionary<string, string> ById, bool Only)
{
    public static TrustedDocuments None { get; } = new(new Dictionary<string, string>(), Only: false);
}
