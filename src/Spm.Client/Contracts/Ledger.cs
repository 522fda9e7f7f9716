namespace Spm.Client;

/// <summary>The proof that no cent was made or lost: debits less credits is zero in every currency.</summary>
public sealed record TrialBalance(
    IReadOnlyList<CurrencyBalance> Currencies, IReadOnlyList<AccountBalance> Accounts, bool Balanced);

public sealed record CurrencyBalance(string Currency, decimal Debits, decimal Credits, decimal Difference);

public sealed record AccountBalance(string Account, string? Currency, decimal Debits, decimal Credits, decimal Balance);

/// <summary>One posting. <c>OriginPeriod</c> differs from <c>Period</c> when a change reached back into a closed period.</summary>
public sealed record Posting
{
    public required string Id { get; init; }
    public required string Debit { get; init; }
    public required string Credit { get; init; }
    public Money Amount { get; init; }
    public RepRef? Rep { get; init; }
    public string? Period { get; init; }
    public string? OriginPeriod { get; init; }
    public string? Component { get; init; }
    public string? Kind { get; init; }
    public DateTimeOffset? RecordedAt { get; init; }
}
