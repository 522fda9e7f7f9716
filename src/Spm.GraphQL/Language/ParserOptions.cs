namespace Spm.GraphQL.Language;

/// <summary>What a source may cost. A source beyond a limit is refused with a located error before more is spent on it.</summary>
public sealed record ParserOptions
{
    /// <summary>For documents that come from clients.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>For schemas, which come from ourselves and are longer.</summary>
    public static ParserOptions ForSchemas { get; } = new() { MaxBytes = 64 << 20, MaxTokens = 8_000_000 };

    /// <summary>The longest source that is read, in bytes of UTF-8.</summary>
    public int MaxBytes { get; init; } = 1 << 20;

    /// <summary>The most tokens, comments not counted.</summary>
    public int MaxTokens { get; init; } = 50_000;

    /// <summary>
    /// The deepest nesting of selection sets, lists, objects and list types in one another. Whatever walks the tree recurses this deep, so it
    /// must fit on a thread's stack.
    /// </summary>
    public int MaxDepth { get; init; } = 200;
}
