using Spm.GraphQL.Language;
using Spm.GraphQL.Validation;

namespace Spm.GraphQL.Execution;

/// <summary>How requests are executed and what they may cost. Limits hold for every request unless it says that it is trusted.</summary>
public sealed record ExecutorOptions
{
    public static ExecutorOptions Default { get; } = new();

    /// <summary>Bounds on documents as they are read: bytes, tokens, nesting. They hold for trusted requests too.</summary>
    public ParserOptions Parser { get; init; } = ParserOptions.Default;

    /// <summary>Rules that documents are held against, and how many errors are told.</summary>
    public ValidationOptions Validation { get; init; } = ValidationOptions.Default;

    /// <summary>Fields within fields, fragments followed. A leaf at the root has depth one.</summary>
    public int MaxDepth { get; init; } = 30;

    /// <summary>Fields of an operation, fragments counted wherever they are spread.</summary>
    public int MaxFields { get; init; } = 5000;

    /// <summary>Fields under another name than their own.</summary>
    public int MaxAliases { get; init; } = 500;

    /// <summary>What an operation may be taken to cost before it runs: the objects that its response may hold.</summary>
    public double MaxCost { get; init; } = 100_000;

    /// <summary>How many items a list is taken to have when neither the schema nor an argument says so.</summary>
    public int AssumedListSize { get; init; } = 10;

    /// <summary>Items of one list of a response. Holds for trusted requests too.</summary>
    public int MaxListItems { get; init; } = 100_000;

    /// <summary>Bytes of a response. Holds for trusted requests too.</summary>
    public int MaxResponseBytes { get; init; } = 64 << 20;

    /// <summary>How long a query or mutation, or an event of a subscription, may take. Holds for trusted requests too.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether requests that are not trusted may ask for the schema, and are told what it has instead of a mistake.</summary>
    public bool OpenSchema { get; init; } = true;

    /// <summary>Documents that are kept with their plans, and the bytes of their texts.</summary>
    public int CachedDocuments { get; init; } = 1000;

    public int CachedBytes { get; init; } = 8 << 20;

    /// <summary>
    /// Says what an exception of a resolver is told as. Null, and what it has no answer for, is told as nothing in particular.
    /// </summary>
    public Func<Exception, GraphQLError?>? MapError { get; init; }

    /// <summary>Hears of exceptions that nobody meant for clients.</summary>
    public Action<Exception>? OnUnexpected { get; init; }
}
