using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Companies;

/// <summary>Reads the company's own settings.</summary>
public sealed class SettingsQueries(TenantDirectory tenants)
{
    public Result<CompanyView> Get(Caller caller) => caller.Lacks(Scopes.CalendarRead) is { } lacking ? lacking : CompanyView.Of(tenants.Get(caller.Tenant).Company);
}
