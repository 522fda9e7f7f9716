namespace Spm.Connectors;

/// <summary>A manifest, schema or configuration that breaks rules: all of them, each where it stands.</summary>
public sealed class ManifestException(string document, IReadOnlyList<LocatedError> errors)
    : Exception(string.Join(Environment.NewLine, errors.Select(e => $"{document}{e}")))
{
    public IReadOnlyList<LocatedError> Errors { get; } = errors;
}

/// <summary>An error with its place: an RFC 6901 pointer, and the line and column, counted from 1, where the document is at hand.</summary>
/// <param name="Code">The rule that is broken, in snake_case.</param>
public sealed record LocatedError(string Pointer, string Code, string Detail, int Line = 0, int Column = 0)
{
    public override string ToString() => Line > 0 ? $"({Line},{Column}): {Code} at '{Pointer}': {Detail}" : $": {Code} at '{Pointer}': {Detail}";
}
