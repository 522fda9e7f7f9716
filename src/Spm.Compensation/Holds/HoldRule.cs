using Spm.Compensation.Documents;

namespace Spm.Compensation.Holds;

/// <summary>What earned pay waits for.</summary>
public enum HoldUntil : byte
{
    /// <summary>The customer's cash, in proportion to what was invoiced.</summary>
    Cash,

    /// <summary>The month that a date lies in.</summary>
    Date,

    /// <summary>A number of months after the month it was earned in.</summary>
    Months,
}

/// <summary>Pay that is earned now and withheld until cash, a date, or for a number of months. Worked example: holds.md.</summary>
public sealed record HoldRule
{
    public const int MaxMonths = 120;

    private HoldRule(HoldUntil until, DateOnly? date, int months) => (Until, Date, Months) = (until, date, months);

    public static HoldRule UntilCash { get; } = new(HoldUntil.Cash, null, 0);

    public HoldUntil Until { get; }

    /// <summary>Pay is released in the month this day lies in; null unless held until a date.</summary>
    public DateOnly? Date { get; }

    /// <summary>Pay of month n is released in month n + this; 0 unless held for months.</summary>
    public int Months { get; }

    public static HoldRule UntilDate(DateOnly date) => new(HoldUntil.Date, date, 0);

    /// <param name="months">1 to <see cref="MaxMonths"/>.</param>
    public static HoldRule ForMonths(int months)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, MaxMonths);
        return new HoldRule(HoldUntil.Months, null, months);
    }

    public static HoldRule Read(DocNode node)
    {
        node.IsObject();
        var until = node.Get("until").AsOneOf(HoldUntil.Cash);
        var date = node.OptionalDate("date");
        var months = node.Whole("months", otherwise: 1, least: 1, most: MaxMonths);
        node.RefuseOthers();
        if (date is not null && until != HoldUntil.Date)
        {
            node.Get("date").Fail("hold_date_unused", "Only a hold until 'date' has a date.");
        }
        if (node.Has("months") && until != HoldUntil.Months)
        {
            node.Get("months").Fail("hold_months_unused", "Only a hold until 'months' has a number of months.");
        }
        switch (until)
        {
            case HoldUntil.Date:
                return date is { } day ? UntilDate(day) : UntilDate(node.Date("date"));
            case HoldUntil.Months:
                _ = node.Get("months");
                return ForMonths(months);
            default:
                return UntilCash;
        }
    }

    public const string Schema = """
        {
          "type": "object",
          "description": "Pay that is earned now and withheld until a condition is met.",
          "properties": {
            "until": { "enum": ["cash", "date", "months"], "description": "cash: released in proportion to the cash received over what was invoiced. date: released in the month a date lies in. months: released a number of months after it was earned." },
            "date": { "type": "string", "format": "date", "description": "With until date: pay is released in the month this day lies in; pay that is earned later is not held." },
            "months": { "type": ["integer", "string"], "minimum": 1, "maximum": 120, "description": "With until months: how many months after the month it was earned in pay is released." }
          },
          "required": ["until"],
          "additionalProperties": false
        }
        """;
}
