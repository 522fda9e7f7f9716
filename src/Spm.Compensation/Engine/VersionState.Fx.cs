using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Engine;

/// <summary>Credits of other currencies, on their way into the plan's.</summary>
public sealed partial class VersionState
{
    /// <summary>Whether a month that this version pays looks back on the month: what is left out of others is the concern of the version that pays them.</summary>
    private bool Matters(int month)
    {
        for (var paid = month; paid < _year.Months; paid++)
        {
            if (ReferenceEquals(_year.Paying(paid), this) && Array.Exists(_components, c => c.Window is not null || c.Stages.Any(s => s.Kind == "kickers") || FirstOf(paid, c.AttainmentPeriod) <= month))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Brings a credit's amounts into the plan's currency. False: it is left out, and listed.</summary>
    private bool Convert(CreditContext credit, int month, int sign)
    {
        var line = credit.Line;
        (credit.Amount, credit.Margin) = (line.Amount, line.Margin);
        if (line.Currency is null || line.Currency == Plan.Currency.Code || (IsOfYear(month) && !_onPlan[month] && !Deals.IsKept))
        {
            return true;
        }
        var period = PeriodOf(line.Date, month);
        var from = Currency.Parse(line.Currency);
        FxConversion? margin = null;
        if (Version.Fx.TryConvert(new Money(line.Amount, from), Plan.Currency, line.Date, period, _year.Inputs.FxRates, out var amount, out var refusal)
            && (line.Margin is null || Version.Fx.TryConvert(new Money(line.Margin.Value, from), Plan.Currency, line.Date, period, _year.Inputs.FxRates, out margin, out refusal)))
        {
            (credit.Amount, credit.Margin) = (amount!.Converted.Amount, margin?.Converted.Amount);
            return true;
        }
        var leftOut = new LeftOut(line.Transaction, refusal!.Code, refusal.Detail);
        if (!IsOfYear(month) || !_onPlan[month] || !Matters(month))
        {
            return false;
        }
        if (sign > 0)
        {
            _leftOut.Add(leftOut);
        }
        else
        {
            _leftOut.Remove(leftOut);
        }
        return false;
    }

    /// <summary>How a credit's amount became the plan's currency; null where it was in it, or there is no rate.</summary>
    internal FxConversion? ConversionOf(CreditLine line, int month) => line.Currency is { } code && code != Plan.Currency.Code
        && Version.Fx.TryConvert(new Money(line.Amount, Currency.Parse(code)), Plan.Currency, line.Date, PeriodOf(line.Date, month), _year.Inputs.FxRates, out var conversion, out _) ? conversion : null;

    private FiscalPeriod PeriodOf(DateOnly day, int month)
    {
        if (IsOfYear(month))
        {
            return _year.Inputs.Year.Months[month].Period;
        }
        var from = new DateOnly(day.Year, day.Month, 1);
        return _year.Inputs.Calendar?.MonthOf(day)?.Period ?? new FiscalPeriod($"{from:yyyy-MM}", PeriodKind.Month, from, from.AddMonths(1));
    }
}
