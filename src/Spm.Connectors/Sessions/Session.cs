namespace Spm.Connectors;

/// <summary>What a vendor gives for a time.</summary>
/// <param name="Token">Every call bears it: <c>Authorization: Bearer</c>.</param>
/// <param name="Address">Whose calls it is good for, where the vendor says so; otherwise calls go where they are addressed.</param>
public sealed record Session(string Token, Uri? Address = null);
