namespace Spm.Client;

/// <summary>What an import's rows are; the names the API uses.</summary>
public static class ImportEntity
{
    public const string Transactions = "transactions";
    public const string Reps = "reps";
    public const string Territories = "territories";
    public const string Accounts = "accounts";
    public const string Quotas = "quotas";
    public const string Measures = "measures";
    public const string Plans = "plans";
    public const string FxRates = "fx_rates";
}

/// <summary>An import job. Rejected rows do not fail a job: it succeeds and lists them.</summary>
public sealed record ImportJob
{
    public required string Id { get; init; }
    public string Entity { get; init; } = "";
    public string Source { get; init; } = "";

    /// <summary>queued, running, succeeded or failed.</summary>
    public required string Status { get; init; }
    public ImportRowCounts Rows { get; init; } = new();
    public ImportBytes? Bytes { get; init; }

    /// <summary>From 0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>Why the job as a whole failed, if it did.</summary>
    public ImportFailure? Error { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>A status this client does not know yet is taken for unfinished.</summary>
    public bool IsFinished => Status is "succeeded" or "failed";
}

public sealed record ImportRowCounts
{
    public long Read { get; init; }
    public long Created { get; init; }
    public long Corrected { get; init; }
    public long Unchanged { get; init; }
    public long Rejected { get; init; }
}

public sealed record ImportBytes(long? Total, long Read);

public sealed record ImportFailure(string Code, string? Detail);

/// <summary>One row as the job left it: why it was rejected, and the line as it was sent.</summary>
public sealed record ImportRow(long Row, string Status, IReadOnlyList<FieldError>? Errors, string? Raw);

/// <summary>How far an import is. <c>Fraction</c> runs from 0 to 1 once while sending and once while loading.</summary>
public sealed record ImportProgress(ImportPhase Phase, double Fraction, ImportJob? Job);

public enum ImportPhase
{
    Sending,
    Loading,
}
