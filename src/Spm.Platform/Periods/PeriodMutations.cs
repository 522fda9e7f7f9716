using Spm.GraphQL.Authoring;
using Spm.Platform.Calendars;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Periods;

/// <summary>Which month is closed or opened again.</summary>
/// <param name="Period">A fiscal month: 2025-03.</param>
/// <param name="IdempotencyKey">The same key and input are answered as the first time.</param>
public sealed record PeriodInput([property: ID] string Period, string? IdempotencyKey = null);

/// <summary>The period as it is now.</summary>
/// <param name="Period">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record PeriodPayload(PeriodView? Period, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class PeriodMutations
{
    /// <summary>Closes a month: its payouts are final, and what comes later is paid in the first open month.</summary>
    public static async Task<PeriodPayload?> ClosePeriodAsync(PeriodInput input, PeriodCommands commands, OnceOnly once, Call call) => await once.RunAsync(
        "closePeriod", Scopes.PeriodsClose, input.IdempotencyKey, input,
        () => commands.CloseAsync(call.Caller, input.Period).PayloadAsync(month => new PeriodPayload(PeriodView.Of(call.Company, month), []), Refused), Refused);

    /// <summary>Opens the month closed last again, while none of its payouts has moved on.</summary>
    public static async Task<PeriodPayload?> ReopenPeriodAsync(PeriodInput input, PeriodCommands commands, OnceOnly once, Call call) => await once.RunAsync(
        "reopenPeriod", Scopes.PeriodsClose, input.IdempotencyKey, input,
        () => commands.ReopenAsync(call.Caller, input.Period).PayloadAsync(month => new PeriodPayload(PeriodView.Of(call.Company, month), []), Refused), Refused);

    private static PeriodPayload Refused(IReadOnlyList<UserError> errors) => new(null, errors);
}
