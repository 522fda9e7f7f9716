using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Companies;

/// <param name="Currency">ISO 4217: what the company credits and pays in.</param>
/// <param name="Fx">Which rate converts amounts of other currencies before they are credited; that of the transaction's day when left out.</param>
public sealed record CompanyInput(string Name, string Currency, FxInput? Fx = null);

public sealed record CompanyView(string Tenant, string Name, string Currency, FxView Fx)
{
    public static CompanyView Of(Company company) => new(company.TenantId, company.Settings.Name, company.Settings.Currency, FxView.Of(company.FxRule));
}

/// <summary>Sets the company's name, currency, and rule for other currencies.</summary>
public sealed class SettingsCommands(TenantDirectory tenants, CompanyCommands companies, SpmStore store)
{
    public async Task<Result<CompanyView>> PutAsync(Caller caller, CompanyInput input)
    {
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return lacking;
        }
        var changed = await companies.ChangeAsync<bool>(caller, editor => Put(editor, input));
        return changed.IsOk ? CompanyView.Of(tenants.Get(caller.Tenant).Company) : changed.Error!;
    }

    private Result<bool> Put(CompanyEditor editor, CompanyInput input)
    {
        var check = new RecordCheck(editor, "");
        var name = check.Name(input.Name);
        if (!Currency.TryParse(input.Currency, out var currency))
        {
            check.Fail("currency", ErrorCodes.CurrencyUnknown, $"'{input.Currency}' is not an ISO 4217 currency code.");
        }
        else if (currency.Code != editor.Before.Settings.Currency && InUse(editor.Before) is { } use)
        {
            return Error.Of("currency", ErrorCodes.CurrencyInUse, use);
        }
        var rule = (input.Fx ?? new FxInput(FxBasis.TransactionDate)).Read(input.Currency, check);
        if (rule is null || check.Failed)
        {
            return check.Error;
        }
        if (rule != editor.Before.FxRule && Naming(editor.Before, rule) is [_, ..] plans)
        {
            return Error.Of("fx", ErrorCodes.FxRuleInUse, $"Plans name another rule: {string.Join(", ", plans.Take(10))}{(plans.Length > 10 ? ", …" : "")}. Put them without `fx` first.");
        }
        if ((name, currency.Code, rule) == (editor.Before.Settings.Name, editor.Before.Settings.Currency, editor.Before.FxRule))
        {
            return false;
        }
        editor.PutSettings(new CompanyDoc(name, input.Currency) { Fx = FxDoc.Of(rule) });
        return true;
    }

    /// <summary>What holds the company to its currency; null where nothing does.</summary>
    private string? InUse(Company company) =>
        company.PlanDocs.Count > 0 ? $"Plans pay in {company.Settings.Currency}."
        : store.Read(s => TransactionTable.Any(s, company.Tenant)) ? $"Transactions were credited in {company.Settings.Currency}."
        : company.FxRates.Any ? $"Rates are given in {company.Settings.Currency}: take them away first."
        : null;

    /// <summary>External ids of the plans that name another rule.</summary>
    private static string[] Naming(Company company, FxRule rule) =>
        [.. company.PlanDocs.All.Where(p => company.Plans[p.No].Versions.Any(v => v.NamesFx && v.Fx != rule)).Select(p => p.ExternalId)];
}
