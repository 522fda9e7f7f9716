using System.Globalization;
using System.Text.Json;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Quotas;

/// <summary>A quota as it stands after it was set.</summary>
public sealed record PutQuota(QuotaView Quota, PutOutcome Outcome);

/// <summary>Sets quotas and takes them away.</summary>
public sealed class QuotaCommands(TenantDirectory tenants, CompanyCommands companies, QuotaSlice quotas)
{
    public async Task<Result<PutQuota>> PutAsync(Caller caller, JsonElement body)
    {
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return lacking;
        }
        var outcome = await companies.ChangeAsync(caller, editor => quotas.Put(editor, "", "", body));
        if (!outcome.IsOk)
        {
            return outcome.Error!;
        }
        var input = Bodies.Read<QuotaInput>(body).Value;
        var company = tenants.Get(caller.Tenant).Company;
        return new PutQuota(
            new QuotaView(
                company.Reps[company.Reps.Resolve(input.Rep, "").No].Id,
                company.MeasureDocs[company.MeasureDocs.Resolve(input.Measure, "").No].Id,
                input.Period,
                input.From,
                Wire.Amount(input.Amount)),
            outcome.Value);
    }

    /// <param name="from">A day as yyyy-MM-dd; null for the quota of the period itself.</param>
    /// <returns>The quota that is gone.</returns>
    public async Task<Result<QuotaView>> DeleteAsync(Caller caller, string? rep, string? measure, string? period, string? from)
    {
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return lacking;
        }
        FieldError[] missing = [.. Named(("rep", rep), ("measure", measure), ("period", period))];
        if (missing.Length > 0)
        {
            return Error.Of(missing);
        }
        var day = Day(from);
        return day.IsOk ? await companies.ChangeAsync(caller, editor => Delete(editor, rep!, measure!, period!, day.Value)) : day.Error!;
    }

    private static Result<QuotaView> Delete(CompanyEditor editor, string rep, string measure, string period, DateOnly? from)
    {
        var company = editor.Before;
        var (repNo, measureNo) = (Filters.Reference(company.Reps, "rep", rep, ErrorCodes.RepUnknown), Filters.Reference(company.MeasureDocs, "measure", measure, ErrorCodes.MeasureUnknown));
        var span = Filters.Period(company, period);
        if ((repNo.Error ?? measureNo.Error ?? span.Error) is { } unknown)
        {
            return unknown;
        }
        var (repId, measureId) = (company.Reps[repNo.Value!.Value].Id, company.MeasureDocs[measureNo.Value!.Value].Id);
        var quota = new QuotaDoc(repId, measureId, period, 0m) { From = from == span.Value!.From ? null : from };
        return editor.RemoveQuota(repNo.Value.Value, measureNo.Value.Value, quota) is { } amount
            ? new QuotaView(repId, measureId, period, quota.From, Wire.Amount(amount))
            : new Error(ErrorCodes.NotFound, $"There is no quota of {rep} for {measure} in {period}{(from is { } day ? $" from {day:yyyy-MM-dd}" : "")}.");
    }

    private static IEnumerable<FieldError> Named(params (string Name, string? Value)[] parameters) =>
        from parameter in parameters
        where string.IsNullOrEmpty(parameter.Value)
        select new FieldError(parameter.Name, ErrorCodes.ParameterInvalid, $"The parameter `{parameter.Name}` is required.");

    private static Result<DateOnly?> Day(string? text) =>
        text is null ? (DateOnly?)null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : Error.Of("from", ErrorCodes.ParameterInvalid, "`from` is a day such as 2025-03-01.");
}
