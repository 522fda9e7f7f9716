using Spm.Compensation.Ledger;
using Spm.Compensation.Payouts;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Ledger;
using Spm.Platform.PayoutBatches;
using Spm.Platform.Webhooks;
using Spm.Storage;

namespace Spm.Platform.Payouts;

/// <summary>
/// One move of one payout with the posting it makes, inside a write: both or neither. Callers have asked the lifecycle before; whoever
/// gets here with an illegal move has found a bug, and the whole write is undone.
/// </summary>
internal static class PayoutMoves
{
    /// <param name="batch">The batch it is in after the move; null for none.</param>
    /// <param name="events">Of this write: told of the move.</param>
    public static void Apply(SqlSession session, Company company, EventLog events, PayoutRow row, PayoutMove move, string? batch, long now)
    {
        if (!PayoutLifecycle.TryMove(row.Status, move, out var to) || !PayoutTable.TryMove(session, company.Tenant, row, to, batch, now))
        {
            throw new InvalidOperationException($"Payout {row.Id} is {row.Status} at version {row.Version} and cannot {move}.");
        }
        if (PostingOf(company, row, move) is { } posting && !LedgerTable.Append(session, company.Tenant, posting, now))
        {
            throw new InvalidOperationException($"Payout {row.Id} has made its posting of {move} already.");
        }
        Tell(company, events, row with { Status = to, Batch = batch, Version = row.Version + 1, UpdatedAt = now }, move);
    }

    /// <summary>Takes a payout into a batch: into review if it is not there or beyond already.</summary>
    public static void Enter(SqlSession session, Company company, EventLog events, PayoutRow row, string batch, long now)
    {
        if (row.Status == PayoutStatus.Calculated)
        {
            Apply(session, company, events, row, PayoutMove.Submit, batch, now);
        }
        else
        {
            Rebatch(session, company, row, batch, now);
        }
    }

    /// <summary>Takes a payout out of its batch as it stands.</summary>
    public static void Leave(SqlSession session, Company company, PayoutRow row, long now) => Rebatch(session, company, row, batch: null, now);

    /// <summary>The payout behind an open line: in the line's batch and due what the line says, or something is wrong.</summary>
    public static PayoutRow Of(SqlSession session, int tenant, string batch, LineRow line) =>
        PayoutTable.Find(session, tenant, line.Rep, line.Month) is { Final: true } row && row.Batch == batch && row.Due == line.Minor && row.Currency == line.Currency
            ? row
            : throw new InvalidOperationException($"Line {line.Id} does not fit its payout.");

    private static void Rebatch(SqlSession session, Company company, PayoutRow row, string? batch, long now)
    {
        if (!PayoutTable.TryMove(session, company.Tenant, row, row.Status, batch, now))
        {
            throw new InvalidOperationException($"Payout {row.Id} is no longer at version {row.Version}.");
        }
    }

    private static void Tell(Company company, EventLog events, PayoutRow after, PayoutMove move) => events.Tell(
        EventTypes.Of(move),
        after.Id,
        new { after.Id, Rep = company.Reps[after.Rep].Id, Period = company.Calendar.MonthByNo(after.Month)!.Id, after.Batch },
        () => PayoutView.Of(after, company));

    /// <summary>Money moves twice in a payout's life: to payable when it is approved, to payroll when it is paid. A payout of nothing posts nothing.</summary>
    private static Posting? PostingOf(Company company, PayoutRow row, PayoutMove move)
    {
        var rep = company.Reps[row.Rep].Id;
        return (row.Due, move) switch
        {
            ( > 0, PayoutMove.Approve) => Of(PostingKind.Approval, LedgerAccounts.Accrued(rep), LedgerAccounts.Payable(rep)),
            ( > 0, PayoutMove.Pay) => Of(PostingKind.Payment, LedgerAccounts.Payable(rep), LedgerAccounts.PayrollClearing),
            _ => null,
        };

        Posting Of(PostingKind kind, string debit, string credit) => new(
            Ids.ForPosting(company.Tenant, row.Rep, row.Month, EnumNames.Of(kind)),
            kind, debit, credit, row.Due, row.Currency, row.Rep, row.Month, row.Month, Plan: "", Component: "");
    }
}
