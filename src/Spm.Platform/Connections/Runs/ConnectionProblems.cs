using Spm.Compensation.Amounts;
using Spm.Platform.Companies;
using Spm.Platform.Connections.Sinks;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>What of a connection needs a person, in the list of problems: that it has stopped, that one of its streams has, that its last run has read nothing to its end, what was rejected, that its certificate is about to end, and pay of which nobody knows whether payroll took it.</summary>
internal static class ConnectionProblems
{
    public const string Stopped = "connection_stopped";
    public const string Failing = "connection_failing";
    public const string StreamStopped = "stream_stopped";
    public const string Rejected = "records_rejected";
    public const string CertificateEnds = "certificate_ends";
    public const string OutcomeUnknown = "payout_outcome_unknown";

    /// <summary>What is told of a run that no vendor has let down.</summary>
    public const string FailedHere = "the run failed in the platform, whose log says why; it is tried again";

    /// <summary>So long before a client certificate ends people are told: some vendors take weeks to sign another.</summary>
    private const int CertificateDays = 30;

    /// <summary>Call in the commit that changes the connection or ends a run of it.</summary>
    public static void Replace(SqlSession session, ConnectionRow connection, Company company, DateOnly today)
    {
        // Problems of no transaction and no rep are a connection's, and begin with its id.
        session.Execute("delete from problem where tenant = $1 and txn = 0 and rep = -1 and detail like $2", connection.Tenant, $"{connection.Id}: %");
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
        if (connection.CertificateUntil is { } end && DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(end).UtcDateTime) is var last && last.DayNumber - today.DayNumber <= CertificateDays)
        {
            Insert(CertificateEnds, 0, currency, $"{connection.Name}: {last:yyyy-MM-dd}");
        }
        var streams = StreamTable.Of(session, connection.No);
        if (connection.Status == ConnectionStatus.Active && RunTable.Last(session, connection.No) == RunState.Failed && !streams.Exists(s => s.Condition == StreamCondition.Paused))
        {
            Insert(Failing, 0, currency, $"{connection.Name}: {streams.Find(s => s.Condition == StreamCondition.Failing)?.Reason ?? FailedHere}");
        }
        foreach (var stream in streams.Where(s => s.Condition == StreamCondition.Paused))
        {
            Insert(StreamStopped, 0, currency, $"{connection.Name}, {stream.Stream}: {stream.Reason}");
        }
        // With its currency: the id of a problem of no transaction comes from its words.
        foreach (var sum in RecordTable.Sums(session, connection.No).Where(s => s.State is RecordState.Rejected or RecordState.Quarantined))
        {
            Insert(Rejected, sum.Amount, sum.Currency ?? currency, $"{connection.Name}, {sum.Stream}: {sum.Count} {(sum.State == RecordState.Rejected ? "rejected" : "in quarantine")}{(sum.Currency is null ? "" : $", in {sum.Currency}")}");
        }
        foreach (var lines in LineTable.Unknown(session, connection.No))
        {
            Insert(OutcomeUnknown, Money.FromMinor(lines.Minor, Currency.Parse(lines.Currency)).Amount, lines.Currency, $"{connection.Name}, {lines.Batch}: {lines.Lines} lines");
        }

        void Insert(string code, decimal amount, string of, string detail) => session.Execute(
            "insert into problem (tenant, code, txn, rep, month, day, amount, currency, detail) values ($1, $2, 0, -1, $3, $4, $5, $6, $7)",
            connection.Tenant, code, month, today.DayNumber, TenThousandths.TryFrom(amount, out var scaled) ? scaled : long.MaxValue, of, Shortened($"{connection.Id}: {detail}"));
    }

    private static string Shortened(string text) => RecordBody.Storable(text.Length <= Kernel.Limits.DetailLength ? text : text[..Kernel.Limits.DetailLength]);
}
