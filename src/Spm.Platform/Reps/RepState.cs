using Orleans;
using Spm.Compensation.Payouts;
using Spm.Compensation.PayRuns;

namespace Spm.Platform.Reps;

/// <summary>
/// What a rep's grain must remember: what it has posted, which months are settled, and the postings of its last write until they
/// are known to be in the ledger (an outbox: they are sent again after a crash, under the same ids).
/// </summary>
[GenerateSerializer, Alias("spm.rep")]
public sealed class RepState
{
    [Id(0)]
    public List<PayAmount> Posted { get; set; } = [];

    [Id(1)]
    public List<MonthSettled> Settled { get; set; } = [];

    /// <summary>Postings made so far; the next one is numbered after it.</summary>
    [Id(2)]
    public long Postings { get; set; }

    [Id(3)]
    public List<OutgoingPosting> Outbox { get; set; } = [];
}

[GenerateSerializer, Alias("spm.pay-amount")]
public sealed record PayAmount(
    [property: Id(0)] int Month, [property: Id(1)] string Plan, [property: Id(2)] string Component, [property: Id(3)] long Minor, [property: Id(4)] PayLineKind Line = PayLineKind.Incentive)
{
    public PayKey Key => new(Month, Plan, Component, Line);

    public static PayAmount Of(PayKey key, long minor) => new(key.Month, key.Plan, key.Component, minor, key.Kind);
}

[GenerateSerializer, Alias("spm.settled")]
public sealed record MonthSettled([property: Id(0)] int Month, [property: Id(1)] long CarriedIn, [property: Id(2)] List<PayAmount> Lines)
{
    public SettledMonth Facts => new(Month, CarriedIn, [.. Lines.Select(l => new PayoutLine(l.Key, l.Minor))]);

    public static MonthSettled Of(SettledMonth month) => new(month.Month, month.CarriedIn, [.. month.Lines.Select(l => PayAmount.Of(l.Origin, l.Minor))]);
}

/// <param name="Month">The month it is paid in; the origin's month where it was earned.</param>
[GenerateSerializer, Alias("spm.outgoing")]
public sealed record OutgoingPosting([property: Id(0)] long Number, [property: Id(1)] PayAmount Origin, [property: Id(2)] int Month);
