using System.Data.Common;

namespace Spm.Platform.Changes;

/// <summary>
/// What a commit wrote or took away, as it is stored. One row stands for one thing, or, of transactions, for all that a commit wrote: their numbers
/// follow one another, so that an import tells of a whole chunk at the price of a single row.
/// </summary>
/// <param name="No">Counts from 1 within the tenant, without a gap, in the order of the commits.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Subject">The id of the thing; empty for transactions.</param>
/// <param name="First">Of transactions: the first number; 0 for anything else. <paramref name="Last"/>: the last one, included.</param>
internal sealed record ChangeRow(long No, long At, string Kind, string Subject, bool Removed, long First, long Last)
{
    public const string Columns = "no, at, kind, subject, removed, first_txn, last_txn";

    public static ChangeRow Map(DbDataReader r) => new(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetInt32(4) != 0, r.GetInt64(5), r.GetInt64(6));
}
