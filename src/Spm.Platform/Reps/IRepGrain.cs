using Orleans;
using Orleans.Concurrency;
using Spm.Platform.Grains;

namespace Spm.Platform.Reps;

/// <summary>One rep, live: measurements in memory, incentives computed when asked, what was posted and settled in its state.</summary>
public interface IRepGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes in changes of a commit; those it has already read from the store are passed over. Does not wait for a settlement that
    /// is being stored: that one goes on with the position it began with.
    /// </summary>
    [AlwaysInterleave, Alias("apply")]
    Task Apply(long commit, MeasuredChange[] changes);

    /// <summary>Attainment, incentives and payouts as of now, posted or not.</summary>
    [ReadOnly, Alias("live")]
    Task<LiveRep> Live();

    /// <summary>Recomputes and posts the difference to the ledger and the payouts.</summary>
    [Alias("settle")]
    Task Settle();

    /// <summary>Fixes the payout of a month for ever. Closing a closed month again changes nothing.</summary>
    [Alias("close")]
    Task Close(int month);

    /// <summary>Undoes <see cref="Close"/> of the month that was closed last.</summary>
    [Alias("reopen")]
    Task Reopen(int month);

    /// <summary>How a month's pay came about; null where the month is unknown or its figures cannot be calculated.</summary>
    [ReadOnly, Alias("explain")]
    Task<ExplainedMonth?> Explain(int month);
}
