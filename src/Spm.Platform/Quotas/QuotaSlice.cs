using System.Text.Json;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Quotas;

/// <param name="Period">A fiscal month, quarter or year: 2025-03, 2025-Q1, 2025.</param>
/// <param name="Amount">Above zero, in units of the measure.</param>
/// <param name="From">A day within the period: from it on the amount is the quota of the whole period, and each amount counts for its days.</param>
public sealed record QuotaInput(string Rep, string Measure, string Period, decimal Amount, DateOnly? From = null);

/// <param name="From">The day within the period from which on the amount is the quota of the whole period; null: from its start.</param>
public sealed record QuotaView(string Rep, string Measure, string Period, DateOnly? From, string Amount)
{
    internal static QuotaView Of(QuotaRow row, Company company) =>
        new(company.Reps[row.Key.Rep].Id, company.MeasureDocs[row.Key.Measure].Id, row.Key.Period, row.From, Wire.Amount(row.Amount));
}

/// <summary>Quotas: the target of a measure for a rep in a period. Their key is in their fields.</summary>
public sealed class QuotaSlice : IRecordSlice
{
    public string Entity => "quotas";

    public bool HasExternalId => false;

    public IReadOnlyCollection<string> Fields { get; } = RecordFields.Of<QuotaInput>();

    public Result<PutOutcome> Put(CompanyEditor editor, string source, string externalId, JsonElement body)
    {
        var read = Bodies.Read<QuotaInput>(body);
        if (!read.IsOk)
        {
            return read.Error!;
        }
        var input = read.Value;
        var check = new RecordCheck(editor, source);
        var rep = check.Reference("rep", input.Rep, editor.Reps, ErrorCodes.RepUnknown);
        var measure = check.Reference("measure", input.Measure, editor.Measures, ErrorCodes.MeasureUnknown);
        if (string.IsNullOrEmpty(input.Period) || editor.Before.Calendar.Find(input.Period) is null)
        {
            check.Fail("period", ErrorCodes.PeriodUnknown, $"The fiscal calendar has no period '{input.Period}'.");
        }
        else if (input.From is { } from && !editor.Before.Calendar.Find(input.Period)!.Contains(from))
        {
            check.Fail("from", ErrorCodes.QuotaFromOutside, $"{from:yyyy-MM-dd} is not in {input.Period}, whose quota it sets anew.");
        }
        if (input.Amount < Limits.MinQuota)
        {
            check.Fail("amount", ErrorCodes.QuotaNotPositive, $"A quota is at least {Limits.MinQuota}, not {input.Amount}.");
        }
        if (input.Amount > Limits.MaxQuota)
        {
            check.Fail("amount", ErrorCodes.LimitExceeded, $"A quota is at most {Limits.MaxQuota}.");
        }
        if (check.Failed)
        {
            return check.Error;
        }
        var (repNo, measureNo) = (editor.Reps.Resolve(rep!, "").No, editor.Measures.Resolve(measure!, "").No);
        return editor.PutQuota(repNo, measureNo, new QuotaDoc(rep!, measure!, input.Period, input.Amount) { From = Within(editor.Before.Calendar.Find(input.Period)!, input.From) });
    }

    /// <summary>From its first day on it is the quota of the period itself.</summary>
    private static DateOnly? Within(FiscalPeriod period, DateOnly? from) => from == period.From ? null : from;
}
