namespace Spm.Platform.Kernel;

/// <summary>
/// On whose behalf a command runs. The tenant comes from the credential and from nowhere else. Every command takes the caller and
/// asks for the scope it needs, whichever door the request came through.
/// </summary>
public sealed record Caller(int Tenant, string TenantId, string Credential, IReadOnlySet<string> Scopes)
{
    /// <summary>Null when the credential carries the scope; else the refusal.</summary>
    public Error? Lacks(string scope) => Scopes.Contains(scope) || Scopes.Contains(Kernel.Scopes.All)
        ? null
        : new Error(ErrorCodes.Forbidden, $"The API key lacks the scope {scope}.");
}

/// <summary>Scopes read resource.verb; each operation names the one it needs.</summary>
public static class Scopes
{
    public const string All = "*";
    public const string ConfigurationRead = "configuration.read";
    public const string ConfigurationWrite = "configuration.write";
    public const string TransactionsRead = "transactions.read";
    public const string TransactionsWrite = "transactions.write";
    public const string PerformanceRead = "performance.read";
    public const string PayoutsRead = "payouts.read";
    public const string PayoutsReview = "payouts.review";
    public const string PayoutsApprove = "payouts.approve";
    public const string PeriodsClose = "periods.close";
    public const string PayrollPull = "payroll.pull";
    public const string LedgerRead = "ledger.read";

    public static IReadOnlyList<string> Known { get; } =
    [
        ConfigurationRead, ConfigurationWrite, TransactionsRead, TransactionsWrite, PerformanceRead, PayoutsRead, PayoutsReview, PayoutsApprove,
        PeriodsClose, PayrollPull, LedgerRead,
    ];
}
