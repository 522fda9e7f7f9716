using Spm.Compensation.Ledger;

namespace Spm.Platform.Ledger;

/// <summary>A posting and its number in the ledger.</summary>
public sealed record PostingRow(long No, Posting Posting, long RecordedAt);

/// <summary>What was debited to and credited to one account in one currency, in minor units.</summary>
public sealed record AccountSums(string Currency, string Account, long Debits, long Credits);
