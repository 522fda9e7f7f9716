namespace Spm.Platform.Kernel;

/// <summary>Scopes read resource.verb; each operation names the one it needs. Which role has which stands in <see cref="Access.Roles"/>.</summary>
public static class Scopes
{
    public const string All = "*";
    public const string CalendarRead = "calendar.read";
    public const string ConfigurationRead = "configuration.read";
    public const string ConfigurationWrite = "configuration.write";
    public const string RepsRead = "reps.read";
    public const string PlansRead = "plans.read";
    public const string TransactionsRead = "transactions.read";
    public const string TransactionsWrite = "transactions.write";
    public const string PerformanceRead = "performance.read";
    public const string CompanyPerformanceRead = "company_performance.read";
    public const string PayoutsRead = "payouts.read";
    public const string PayoutsReview = "payouts.review";
    public const string PayoutsApprove = "payouts.approve";
    public const string PayoutBatchesRead = "payout_batches.read";
    public const string PeriodsClose = "periods.close";
    public const string PayrollPull = "payroll.pull";
    public const string LedgerRead = "ledger.read";
    public const string CredentialsRead = "credentials.read";
    public const string CredentialsWrite = "credentials.write";
    public const string AuditRead = "audit.read";
    public const string ChangesRead = "changes.read";
    public const string ConnectionsRead = "connections.read";
    public const string ConnectionsWrite = "connections.write";
    public const string PersonalDataRead = "personal_data.read";
    public const string PersonalDataErase = "personal_data.erase";
    public const string UsersRead = "users.read";
    public const string UsersWrite = "users.write";
    public const string WebhooksRead = "webhooks.read";
    public const string WebhooksWrite = "webhooks.write";

    /// <summary>Of the operator of the installation alone: no credential of a tenant can carry them.</summary>
    public const string TenantsRead = "tenants.read";
    public const string TenantsWrite = "tenants.write";

    /// <summary>Every scope that a credential of a tenant can carry.</summary>
    public static IReadOnlyList<string> OfTenants { get; } =
    [
        CalendarRead, ConfigurationRead, ConfigurationWrite, RepsRead, PlansRead, TransactionsRead, TransactionsWrite, PerformanceRead, CompanyPerformanceRead,
        PayoutsRead, PayoutsReview, PayoutsApprove, PayoutBatchesRead, PeriodsClose, PayrollPull, LedgerRead, CredentialsRead, CredentialsWrite, AuditRead,
        ConnectionsRead, ConnectionsWrite, PersonalDataRead, PersonalDataErase, WebhooksRead, WebhooksWrite, ChangesRead, UsersRead, UsersWrite,
    ];

    public static IReadOnlyList<string> OfOperator { get; } = [TenantsRead, TenantsWrite];

    public static IReadOnlyList<string> Known { get; } = [.. OfTenants, .. OfOperator];

    /// <summary>
    /// Scopes of operations that show each caller their own rows only. Whoever does not see everybody carries no other ones, whatever
    /// was granted: an operation that does not look at the reach is closed to them.
    /// </summary>
    public static IReadOnlySet<string> ByReach { get; } =
        new HashSet<string>(StringComparer.Ordinal) { CalendarRead, RepsRead, PlansRead, PerformanceRead, PayoutsRead, PayoutBatchesRead, PayrollPull, ChangesRead };

    /// <summary>Of those, the scopes of operations whose rows are single reps'. Batches are whole or not at all: only a role opens them.</summary>
    public static IReadOnlySet<string> OfReps { get; } = new HashSet<string>(StringComparer.Ordinal) { CalendarRead, RepsRead, PlansRead, PerformanceRead, PayoutsRead, ChangesRead };
}
