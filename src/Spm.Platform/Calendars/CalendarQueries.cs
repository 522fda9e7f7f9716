using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Calendars;

/// <summary>Reads the fiscal calendar.</summary>
public sealed class CalendarQueries(TenantDirectory tenants)
{
    public Result<CalendarView> Get(Caller caller) => caller.Lacks(Scopes.CalendarRead) is { } lacking ? lacking : CalendarView.Of(tenants.Get(caller.Tenant).Company);
}
