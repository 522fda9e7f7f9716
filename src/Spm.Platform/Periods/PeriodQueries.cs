using System.Globalization;
using Spm.Compensation.Periods;
using Spm.Platform.Calendars;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Periods;

/// <summary>Reads fiscal periods.</summary>
public sealed class PeriodQueries(TenantDirectory tenants)
{
    /// <summary>In order of time, the shortest of one first day first.</summary>
    public static readonly Keyset<FiscalPeriod, (int No, int Kind)> Keys = new(
        "periods", 2, (int.MinValue, 0), (int.MaxValue, 0), p => (p.No, (int)p.Kind), k => [k.No, k.Kind],
        p => int.TryParse(p[0], CultureInfo.InvariantCulture, out var no) && int.TryParse(p[1], CultureInfo.InvariantCulture, out var kind) ? (no, kind) : null);

    public Result<IReadOnlyList<FiscalPeriod>> List(Caller caller, PeriodKind? kind, Seek<(int No, int Kind)> seek) => All(caller, kind).Then(all => Keys.Slice(all, seek));

    /// <inheritdoc cref="List"/>
    public Result<IEnumerable<FiscalPeriod>> All(Caller caller, PeriodKind? kind) => caller.Lacks(Scopes.CalendarRead) is { } lacking
        ? lacking
        : Result<IEnumerable<FiscalPeriod>>.Of(tenants.Get(caller.Tenant).Company.Calendar.Periods.Where(p => kind is null || p.Kind == kind).OrderBy(p => p.No).ThenBy(p => p.Kind));

    public Result<PeriodView> Get(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.CalendarRead) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        return company.Calendar.Find(id) is { } period ? PeriodView.Of(company, period) : new Error(ErrorCodes.NotFound, $"There is no period '{id}'.");
    }
}
