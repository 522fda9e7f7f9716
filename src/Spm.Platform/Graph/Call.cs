using Spm.Platform.Companies;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.PayoutBatches;
using Spm.Platform.Payouts;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;

namespace Spm.Platform.Graph;

/// <summary>What resolvers know of whoever asks. Commands and queries are given the caller and ask for the scope themselves.</summary>
public sealed class Call(CallerOfRequest request, TenantDirectory tenants)
{
    public Caller Caller => request.Caller;

    public TenantRuntime Tenant => tenants.Get(Caller.Tenant);

    /// <summary>As it stands now. Ask for it once the scope is known to be there: the operator has no company.</summary>
    public Company Company => Tenant.Company;

    /// <summary>The company, for whoever has the scope.</summary>
    public Company CompanyFor(string scope) => Caller.Lacks(scope) is { } lacking ? throw Refusals.Of(lacking) : Company;

    public TransactionView View(TransactionRow row) => TransactionViews.Of(row, Tenant, tenants);

    public PayoutView View(PayoutRow row) => PayoutView.Of(row, Company);

    public BatchView View(BatchRow row) => BatchView.Of(row, Company);

    public PostedView View(PostedTransaction posted) => PostedView.Of(posted, Tenant, tenants);
}
