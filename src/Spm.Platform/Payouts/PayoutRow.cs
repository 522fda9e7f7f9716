using System.Data.Common;
using System.Text.Json;
using Spm.Compensation.Payouts;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;

namespace Spm.Platform.Payouts;

/// <summary>A payout as it is stored, in minor units.</summary>
public sealed record PayoutRow
{
    public const string Columns =
        "tenant, rep, month, incentives, adjustments, carried_in, carried_out, due, currency, lines, final, status, version, batch, updated_at";

    public required int Tenant { get; init; }

    public required int Rep { get; init; }

    public required int Month { get; init; }

    public required long Incentives { get; init; }

    public required long Adjustments { get; init; }

    public required long CarriedIn { get; init; }

    public required long CarriedOut { get; init; }

    public required long Due { get; init; }

    public required string Currency { get; init; }

    public required string Lines { get; init; }

    /// <summary>The month is closed: the figures never change again.</summary>
    public required bool Final { get; init; }

    public PayoutStatus Status { get; init; }

    public long Version { get; init; } = 1;

    public string? Batch { get; init; }

    public long UpdatedAt { get; init; }

    public string Id => Ids.ForPayout(Tenant, Rep, Month);

    /// <summary>With the time besides the version: a trial that went and came back counts its versions anew.</summary>
    public string ETag => $"\"{Version}-{UpdatedAt}\"";

    public IReadOnlyList<PayAmount> LinesRead => JsonSerializer.Deserialize<List<PayAmount>>(Lines, Json.Stored)!;

    public static PayoutRow Of(int tenant, int rep, SettledMonth month, bool final, string currency) => new()
    {
        Tenant = tenant,
        Rep = rep,
        Month = month.Month,
        Incentives = month.Lines.Where(l => l.Origin.Month == month.Month).Sum(l => l.Minor),
        Adjustments = month.Lines.Where(l => l.Origin.Month != month.Month).Sum(l => l.Minor),
        CarriedIn = month.CarriedIn,
        CarriedOut = month.CarriedOut,
        Due = month.Due,
        Currency = currency,
        Lines = JsonSerializer.Serialize(month.Lines.Select(l => PayAmount.Of(l.Origin, l.Minor)), Json.Stored),
        Final = final,
    };

    public bool SameFigures(PayoutRow other) =>
        Incentives == other.Incentives && Adjustments == other.Adjustments && CarriedIn == other.CarriedIn && CarriedOut == other.CarriedOut
        && Due == other.Due && Final == other.Final && Lines == other.Lines && Currency == other.Currency;

    public static PayoutRow Map(DbDataReader r) => new()
    {
        Tenant = r.GetInt32(0),
        Rep = r.GetInt32(1),
        Month = r.GetInt32(2),
        Incentives = r.GetInt64(3),
        Adjustments = r.GetInt64(4),
        CarriedIn = r.GetInt64(5),
        CarriedOut = r.GetInt64(6),
        Due = r.GetInt64(7),
        Currency = r.GetString(8),
        Lines = r.GetString(9),
        Final = r.GetInt32(10) != 0,
        Status = (PayoutStatus)r.GetInt32(11),
        Version = r.GetInt64(12),
        Batch = r.IsDBNull(13) ? null : r.GetString(13),
        UpdatedAt = r.GetInt64(14),
    };
}
