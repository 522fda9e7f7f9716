using System.Globalization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Transactions;

/// <summary>Holds what a source sends against every rule for transactions, and names each field that breaks one.</summary>
public sealed class TransactionReader(Company company, string source, int sourceNo)
{
    private readonly List<FieldError> _errors = [];

    public Result<TransactionRow> Read(TransactionInput input, long import = 0, long importRow = 0)
    {
        _errors.Clear();
        var externalId = ExternalId(input.ExternalId);
        var version = Version(input.Version);
        var deleted = Flag("deleted", input.Deleted);
        var house = Flag("house", input.House);
        var kind = Kind(input.Kind);
        var (date, month) = Date(input.Date);
        var currency = CurrencyCode(input.Currency);
        var sign = kind == TransactionKind.Refund ? -1 : 1;
        var amount = sign * Amount("amount", input.Amount, required: true, negativeAllowed: false);
        var quantity = sign * Amount("quantity", input.Quantity, required: false, negativeAllowed: false);
        var margin = sign * Amount("margin", input.Margin, required: false, negativeAllowed: true);
        var rep = Reference("rep", input.Rep, company.Reps, ErrorCodes.RepUnknown);
        var account = Reference("account", input.Account, company.Accounts, ErrorCodes.AccountUnknown);
        var territory = Reference("territory", input.Territory, company.Territories, ErrorCodes.TerritoryUnknown);
        var splits = Splits(input.Splits);
        if (house && (rep >= 0 || splits.Length > 0))
        {
            Fail("house", ErrorCodes.HouseExcludesRep, "A house deal names no rep and no split.");
        }
        if (input.Product?.Length > Limits.IdLength)
        {
            Fail("product", ErrorCodes.FieldTooLong, $"A product has at most {Limits.IdLength} characters.");
        }
        if (input.Product?.Contains('\0', StringComparison.Ordinal) == true)
        {
            Fail("product", ErrorCodes.FieldMalformed, "A product has no NUL character.");
        }
        var facts = Facts.Check("facts", input.Facts, Fail);
        if (!string.IsNullOrEmpty(input.Deal) && Keys.Check("deal", input.Deal) is { } broken)
        {
            _errors.AddRange(broken.Fields);
        }
        if (_errors.Count > 0)
        {
            return Error.Of([.. _errors]);
        }
        return new TransactionRow
        {
            Source = sourceNo,
            ExternalId = externalId,
            Version = version,
            Kind = kind,
            Date = date,
            Month = month,
            Amount = amount,
            Currency = currency,
            Quantity = quantity,
            Margin = margin,
            Rep = rep,
            Account = account,
            Territory = territory,
            Product = string.IsNullOrEmpty(input.Product) ? null : input.Product,
            Deal = string.IsNullOrEmpty(input.Deal) ? null : input.Deal,
            Facts = facts?.GetRawText(),
            Splits = splits,
            Flags = (house ? TransactionFlags.House : 0) | (deleted ? TransactionFlags.Deleted : 0) | (string.IsNullOrEmpty(input.Margin) ? TransactionFlags.NoMargin : 0)
                | (currency == company.Settings.Currency ? 0 : TransactionFlags.OtherCurrency),
            Import = import,
            ImportRow = importRow,
        };
    }

    private void Fail(string field, string code, string detail) => _errors.Add(new FieldError(field, code, detail));

    private string ExternalId(string? text)
    {
        if (Keys.Check("external_id", text) is not { } refusal)
        {
            return text!;
        }
        _errors.AddRange(refusal.Fields);
        return "";
    }

    private long Version(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 1;
        }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
        {
            return version;
        }
        Fail("version", ErrorCodes.VersionMalformed, $"'{Quote(text)}' is not a whole number from 1.");
        return 0;
    }

    private bool Flag(string field, string? text)
    {
        switch (text)
        {
            case null or "" or "false":
                return false;
            case "true":
                return true;
            default:
                Fail(field, ErrorCodes.FieldMalformed, $"'{Quote(text)}' is neither true nor false.");
                return false;
        }
    }

    private TransactionKind Kind(string? text)
    {
        switch (text)
        {
            case "order":
                return TransactionKind.Order;
            case "invoice":
                return TransactionKind.Invoice;
            case "payment":
                return TransactionKind.Payment;
            case "refund":
                return TransactionKind.Refund;
            case "cancellation":
                return TransactionKind.Cancellation;
            case null or "":
                Fail("kind", ErrorCodes.FieldRequired, "The field 'kind' is required: order, invoice, payment, refund or cancellation.");
                return default;
            default:
                Fail("kind", ErrorCodes.KindUnknown, $"'{Quote(text)}' is not one of order, invoice, payment, refund and cancellation.");
                return default;
        }
    }

    private (DateOnly Date, int Month) Date(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            Fail("date", ErrorCodes.FieldRequired, "The field 'date' is required.");
            return default;
        }
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            Fail("date", ErrorCodes.DateMalformed, $"'{Quote(text)}' is not a date of the form YYYY-MM-DD.");
            return default;
        }
        if (company.Calendar.MonthOf(date) is { } month)
        {
            return (date, month.No);
        }
        Fail("date", ErrorCodes.DateOutsideCalendar, $"{text} lies in no fiscal period.");
        return default;
    }

    private string CurrencyCode(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            Fail("currency", ErrorCodes.FieldRequired, "The field 'currency' is required.");
        }
        else if (text != company.Settings.Currency && !Currency.TryParse(text, out _))
        {
            Fail("currency", ErrorCodes.CurrencyUnknown, $"'{Quote(text)}' is not an ISO 4217 currency code.");
        }
        // The company's own string, where it is that one: rows then share it.
        return text == company.Settings.Currency ? company.Settings.Currency : text ?? "";
    }

    private long Amount(string field, string? text, bool required, bool negativeAllowed)
    {
        if (string.IsNullOrEmpty(text))
        {
            if (required)
            {
                Fail(field, ErrorCodes.FieldRequired, $"The field '{field}' is required.");
            }
            return 0;
        }
        var fault = Decimals.Parse(text, out var value);
        if (fault == Decimals.Fault.TooManyDigits)
        {
            Fail(field, ErrorCodes.AmountTooPrecise, $"{Quote(text)} has more than {Decimals.MaxDigits} digits.");
            return 0;
        }
        if (fault != Decimals.Fault.None)
        {
            var hint = text.Contains(',', StringComparison.Ordinal) ? " Decimals have a point, and thousands no separator." : "";
            Fail(field, ErrorCodes.AmountMalformed, $"'{Quote(text)}' is not a decimal number.{hint}");
            return 0;
        }
        if (Math.Abs(value) > Limits.MaxAmount)
        {
            Fail(field, ErrorCodes.AmountTooLarge, $"{Quote(text)} is above {Limits.MaxAmount:0}.");
            return 0;
        }
        if (!TenThousandths.TryFrom(value, out var scaled))
        {
            Fail(field, ErrorCodes.AmountTooPrecise, $"{Quote(text)} has more than four decimals.");
        }
        if (scaled < 0 && !negativeAllowed)
        {
            Fail(field, ErrorCodes.AmountNegative, $"{Quote(text)} is negative: send a refund with a positive {field}.");
        }
        return scaled;
    }

    private int Reference<TDoc>(string field, string? text, Registry<TDoc> registry, string unknownCode)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Roster.None;
        }
        var found = registry.Resolve(text, source);
        if (found.Ambiguous)
        {
            Fail(field, ErrorCodes.ReferenceAmbiguous, $"Several sources have '{Quote(text)}': give the id.");
            return Roster.None;
        }
        if (!found.Found)
        {
            Fail(field, unknownCode, $"There is no {field[(field.LastIndexOf('/') + 1)..]} '{Quote(text)}'.");
            return Roster.None;
        }
        return found.No;
    }

    private SplitPart[] Splits(IReadOnlyList<SplitInput>? inputs)
    {
        if (inputs is not { Count: > 0 })
        {
            return [];
        }
        if (inputs.Count > Limits.MaxSplits)
        {
            Fail("splits", ErrorCodes.SplitsTooMany, $"{inputs.Count} parts; a transaction is split into at most {Limits.MaxSplits}.");
            return [];
        }
        var parts = new SplitPart[inputs.Count];
        var sum = 0m;
        for (var i = 0; i < parts.Length; i++)
        {
            if (inputs[i] is null)
            {
                Fail($"splits/{i}", ErrorCodes.FieldMalformed, "A part of a split is empty.");
                return [];
            }
            if (string.IsNullOrEmpty(inputs[i].Rep))
            {
                Fail($"splits/{i}/rep", ErrorCodes.FieldRequired, "Each part of a split names its rep.");
            }
            var rep = Reference($"splits/{i}/rep", inputs[i].Rep, company.Reps, ErrorCodes.RepUnknown);
            if (rep >= 0 && Array.Exists(parts[..i], p => p.Rep == rep))
            {
                Fail($"splits/{i}/rep", ErrorCodes.SplitRepTwice, $"'{Quote(inputs[i].Rep!)}' already has a part.");
            }
            if (!Decimals.TryParse(inputs[i].Percent, out var percent) || !Share.TryFromPercent(percent, out var share))
            {
                Fail($"splits/{i}/percent", ErrorCodes.PercentInvalid, $"'{Quote(inputs[i].Percent ?? "")}' is not a percent above 0 and up to 100 with at most four decimals.");
                return [];
            }
            sum += percent;
            parts[i] = new SplitPart(rep, share);
        }
        if (sum != 100m)
        {
            Fail("splits", ErrorCodes.SplitsNot100, $"The parts add up to {Wire.Percent(sum)} %.");
        }
        return parts;
    }

    private static string Quote(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
