using Spm.Platform.Kernel;

namespace Spm.Platform.Access;

/// <summary>What somebody does in the company: the scopes that go with it, and whose pay they see.</summary>
public sealed record Role(string Name, string Description, Reach Reach, IReadOnlyList<string> Scopes);

/// <summary>
/// The one table of who may do what. docs/security.md shows it by operation, and a test holds the two together. Nobody approves who
/// also sends data in or pays out: connector and payroll lack `payouts.approve`.
/// </summary>
public static class Roles
{
    public const string Rep = "rep";
    public const string Manager = "manager";
    public const string CompensationAdmin = "compensation_admin";
    public const string Finance = "finance";
    public const string Payroll = "payroll";
    public const string Connector = "connector";
    public const string Auditor = "auditor";
    public const string TenantAdmin = "tenant_admin";

    public static IReadOnlyList<Role> All { get; } =
    [
        new(Rep, "Sees themself.", Reach.Self,
            [Scopes.CalendarRead, Scopes.RepsRead, Scopes.PlansRead, Scopes.PerformanceRead, Scopes.PayoutsRead, Scopes.ChangesRead]),
        new(Manager, "Sees themself and the reports beneath them as of the date.", Reach.Team,
            [Scopes.CalendarRead, Scopes.RepsRead, Scopes.PlansRead, Scopes.PerformanceRead, Scopes.PayoutsRead, Scopes.ChangesRead]),
        new(CompensationAdmin, "Sets up, loads, submits and closes; does not approve.", Reach.Everyone,
        [
            Scopes.CalendarRead, Scopes.ConfigurationRead, Scopes.ConfigurationWrite, Scopes.RepsRead, Scopes.PlansRead, Scopes.TransactionsRead, Scopes.TransactionsWrite,
            Scopes.PerformanceRead, Scopes.CompanyPerformanceRead, Scopes.PayoutsRead, Scopes.PayoutsReview, Scopes.PayoutBatchesRead, Scopes.PeriodsClose, Scopes.LedgerRead,
            Scopes.ConnectionsRead, Scopes.ConnectionsWrite, Scopes.ChangesRead,
        ]),
        new(Finance, "Reads the figures, closes and approves.", Reach.Everyone,
        [
            Scopes.CalendarRead, Scopes.ConfigurationRead, Scopes.RepsRead, Scopes.PlansRead, Scopes.TransactionsRead, Scopes.PerformanceRead, Scopes.CompanyPerformanceRead,
            Scopes.PayoutsRead, Scopes.PayoutsReview, Scopes.PayoutsApprove, Scopes.PayoutBatchesRead, Scopes.PeriodsClose, Scopes.LedgerRead,
            Scopes.ConnectionsRead, Scopes.ChangesRead,
        ]),
        new(Payroll, "Pulls approved batches and says what was paid.", Reach.Nobody,
            [Scopes.CalendarRead, Scopes.PayoutBatchesRead, Scopes.PayrollPull, Scopes.ChangesRead]),
        new(Connector, "Sends in records and transactions.", Reach.Everyone,
        [
            Scopes.CalendarRead, Scopes.ConfigurationRead, Scopes.ConfigurationWrite, Scopes.RepsRead, Scopes.PlansRead, Scopes.TransactionsRead, Scopes.TransactionsWrite,
            Scopes.ConnectionsRead, Scopes.ConnectionsWrite, Scopes.ChangesRead,
        ]),
        new(Auditor, "Reads everything and changes nothing.", Reach.Everyone,
        [
            Scopes.CalendarRead, Scopes.ConfigurationRead, Scopes.RepsRead, Scopes.PlansRead, Scopes.TransactionsRead, Scopes.PerformanceRead, Scopes.CompanyPerformanceRead,
            Scopes.PayoutsRead, Scopes.PayoutBatchesRead, Scopes.LedgerRead, Scopes.CredentialsRead, Scopes.AuditRead, Scopes.ConnectionsRead, Scopes.WebhooksRead,
            Scopes.ChangesRead, Scopes.UsersRead,
        ]),
        new(TenantAdmin, "Hands out credentials, provisions users, sets up connections, says where events are sent, exports and erases personal data and reads the audit trail; sees nobody's pay besides.", Reach.Everyone,
            [
                Scopes.CalendarRead, Scopes.CredentialsRead, Scopes.CredentialsWrite, Scopes.AuditRead, Scopes.ConnectionsRead, Scopes.ConnectionsWrite,
                Scopes.PersonalDataRead, Scopes.PersonalDataErase, Scopes.WebhooksRead, Scopes.WebhooksWrite, Scopes.UsersRead, Scopes.UsersWrite,
            ]),
    ];

    public static Role? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    /// <summary>True when the role sees the rows of a rep who must be named with it.</summary>
    public static bool NeedsRep(string name) => Find(name)?.Reach is Reach.Self or Reach.Team;
}
