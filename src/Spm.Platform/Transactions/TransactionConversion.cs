using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Transactions;

/// <summary>The amounts of a transaction of another currency in the company's: own × rate, rounded half to even at a ten-thousandth. Its credits are parts of these.</summary>
public readonly record struct TransactionConversion(FxChoice Choice, long Amount, long Margin)
{
    /// <summary>Null where none is needed, or no rate is known. Throws <see cref="OverflowException"/> where an amount is larger than any that is credited.</summary>
    public static TransactionConversion? Of(TransactionRow row, Company company)
    {
        if (row.Currency == company.Settings.Currency
            || company.Calendar.MonthByNo(row.Month) is not { } month
            || company.FxRule.Choose(Currency.Parse(row.Currency), company.Currency, row.Date, month.Period, company.FxRates) is not { } choice)
        {
            return null;
        }
        return TenThousandths.TryAt(row.Amount, choice.Rate, out var amount) && TenThousandths.TryAt(row.Margin, choice.Rate, out var margin)
            ? new TransactionConversion(choice, amount, margin)
            : throw new OverflowException($"{row.ExternalId} comes to more than can be credited at {choice.Rate}.");
    }
}

/// <summary>How a transaction's amounts became the company's currency: original × rate, rounded half to even at four decimals. Its credits are parts of what is converted.</summary>
/// <param name="Basis">The company's rule. transaction_date: the latest rate on or before the transaction's date. month_average: the mean of those dated in its fiscal month. fixed: by the rule itself.</param>
/// <param name="RateDay">The day the rate is dated; null for a mean and a fixed rate.</param>
/// <param name="RateCount">How many rates the mean is of; else 1.</param>
/// <param name="OriginalMargin">Null when the source gave none.</param>
public sealed record ConversionView(
    FxBasis Basis, string Rate, DateOnly? RateDay, int RateCount, AmountView Original, AmountView Converted, AmountView? OriginalMargin, AmountView? ConvertedMargin)
{
    /// <summary>Null where nothing is converted: for want of a rate, or of a need.</summary>
    internal static ConversionView? Of(TransactionRow row, Company company)
    {
        if (row.Deleted || TransactionConversion.Of(row, company) is not { } conversion)
        {
            return null;
        }
        AmountView Own(long amount) => new(Wire.Amount(amount), row.Currency);
        AmountView Converted(long amount) => new(Wire.Amount(amount), company.Settings.Currency);
        var hasMargin = !row.Flags.HasFlag(TransactionFlags.NoMargin);
        return new ConversionView(
            company.FxRule.Basis,
            Wire.ExactPercent(conversion.Choice.Rate),
            conversion.Choice.Day,
            conversion.Choice.Count,
            Own(row.Amount),
            Converted(conversion.Amount),
            hasMargin ? Own(row.Margin) : null,
            hasMargin ? Converted(conversion.Margin) : null);
    }
}
