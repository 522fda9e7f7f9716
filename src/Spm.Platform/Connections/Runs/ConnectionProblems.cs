using Spm.Compensation.Amounts;
using Spm.Platform.Companies;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>What of a connection needs a person, in the list of problems: that it has stopped, that one of its streams has, and what was rejected.</summary>
internal static class ConnectionProblems
{
    public const string Stopped = "connection_stopped";
    public const string StreamStopped = "stream_stopped";
    public const string Rejected = "records_rejected";

    /// <summary>Call in the commit that changes the connection or ends a run of it.</summary>
    public static void Replace(SqlSession session, ConnectionRow connection, Company company, DateOnly today)
    {
        // Problems of no transaction and no rep are a connection's, and begin with its id.
        session.Execute("delete from problem where tenant = $1 and txn = 0 and rep = -1 and substr(detail, 1, cast($3 as integer)) = $2", connection.Tenant, connection.Id, connection.Id.Length);
        if (connection.Status == ConnectionStatus.Deleted)
        {
            return;
        }
        var month = company.Calendar.MonthOf(today)?.No ?? today.DayNumber;
        var currency = company.Settings.Currency;
        if (connection.Status == ConnectionStatus.Stopped)
        {
            Insert(Stopped, 0, currency, $"{connection.Name}: {connection.Reason}");
        }
        foreach (var stream in StreamTable.Of(session, connection.No).Where(s => s.Condition == StreamCondition.Paused))
        {
            Insert(StreamStopped, 0, currency, $"{connection.Name}, {stream.Stream}: {stream.Reason}");
        }
        foreach (var sum in RecordTable.Sums(session, connection.No).Where(s => s.State is RecordState.Rejected or RecordState.Quarantined))
        {
            Insert(Rejected, sum.Amount, sum.Currency ?? currency, $"{connection.Name}, {sum.Stream}: {sum.Count} {(sum.State == RecordState.Rejected ? "rejected" : "in quarantine")}");
        }

        void Insert(string code, decimal amount, string of, string detail) => session.Execute(
            "insert into problem (tenant, code, txn, rep, month, day, amount, currency, detail) values ($1, $2, 0, -1, $3, $4, $5, $6, $7)",
            connection.Tenant, code, month, today.DayNumber, TenThousandths.TryFrom(amount, out var scaled) ? scaled : long.MaxValue, of, Shortened($"{connection.Id}: {detail}"));
    }

    private static string Shortened(string text) => text.Length <= Kernel.Limits.DetailLength ? text : text[..Kernel.Limits.DetailLength];
}
