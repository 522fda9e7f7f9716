using System.Data.Common;
using Spm.Platform.Kernel;

namespace Spm.Platform.PayoutBatches;

/// <summary>What payroll made of a line.</summary>
public enum LineOutcome : byte
{
    Paid,
    Failed,
}

/// <summary>A line as it is stored: written once with its batch, and what payroll made of it.</summary>
public sealed record LineRow(int No, string Id, int Rep, int Month, long Minor, string Currency, LineOutcome? Outcome, string? Reference, string? Reason)
{
    public const string Columns = "l.no, l.id, l.rep, l.month, l.minor, l.currency, r.result, r.reference, r.reason";

    public static LineRow Map(DbDataReader r) => new(
        r.GetInt32(0),
        r.GetString(1),
        r.GetInt32(2),
        r.GetInt32(3),
        r.GetInt64(4),
        r.GetString(5),
        r.IsDBNull(6) ? null : EnumNames.TryParse<LineOutcome>(r.GetString(6), out var outcome) ? outcome : throw new InvalidOperationException($"A line is stored as {r.GetString(6)}."),
        r.IsDBNull(7) ? null : r.GetString(7),
        r.IsDBNull(8) ? null : r.GetString(8));
}
