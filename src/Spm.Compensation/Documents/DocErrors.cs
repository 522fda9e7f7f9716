namespace Spm.Compensation.Documents;

/// <summary>What is wrong with a document, and where.</summary>
/// <param name="Path">A JSON pointer: /versions/0/components/1/rate_table.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in bytes of the UTF-8 line.</param>
/// <param name="Code">Names the rule: <c>field_missing</c>, <c>tiers_overlap</c>, …</param>
public sealed record DocError(string Path, int Line, int Column, string Code, string Detail)
{
    public override string ToString() => $"{Line}:{Column} {Path} {Code}: {Detail}";
}

/// <summary>Gathers every error of a document, so that its author mends them in one go. Ordered by where they stand.</summary>
public sealed class DocErrors
{
    /// <summary>After so many errors the rest is not worth reading.</summary>
    public const int Most = 100;

    private readonly SortedSet<DocError> _errors = new(Comparer<DocError>.Create(InOrder));

    public bool Any => _errors.Count > 0;

    public IReadOnlyCollection<DocError> All => _errors;

    public void Add(DocError error)
    {
        if (_errors.Count < Most)
        {
            _errors.Add(error);
        }
    }

    private static int InOrder(DocError a, DocError b)
    {
        var order = (a.Line, a.Column).CompareTo((b.Line, b.Column));
        order = order != 0 ? order : string.CompareOrdinal(a.Code, b.Code);
        return order != 0 ? order : string.CompareOrdinal(a.Detail, b.Detail);
    }
}
