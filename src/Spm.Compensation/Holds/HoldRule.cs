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

    /// <summary>The month that a day lies in: a number of days after the sale, the invoice or the cash.</summary>
    Days,
}

/// <summary>What days of a hold are counted from.</summary>
public enum HoldAfter : byte
{
    /// <summary>The first day of the deal.</summary>
    Sale,

    /// <summary>Each invoice, in proportion to what was invoiced; where nothing is, the order.</summary>
    Invoice,

    /// <summary>Each payment, in proportion to what was invoiced.</summary>
    Cash,
}

/// <summary>A part of what is earned, released so many months after the month it was earned in, or so many days after what the hold counts from.</summary>
public readonly record struct HeldPart(decimal Percent, int Wait);

/// <summary>Pay, or a part of it, that is earned now and withheld until cash, a date, or for a number of months. Worked example: holds.md.</summary>
public sealed record HoldRule
{
    public const int MaxMonths = 120;

    public const int MaxDays = 3_660;

    public const int MaxParts = 24;

    private readonly HeldPart[] _parts;

    private HoldRule(HoldUntil until, DateOnly? date, params HeldPart[] parts) => (Until, Date, _parts) = (until, date, parts);

    public HoldUntil Until { get; }

    /// <summary>Pay is released in the month this day lies in; null unless held until a date.</summary>
    public DateOnly? Date { get; }

    /// <summary>With <see cref="HoldUntil.Days"/> what they are counted from.</summary>
    public HoldAfter After { get; private init; }

    /// <summary>What is withheld: one part, or where it is held for months or days any number. The rest is paid as it is earned.</summary>
    public IReadOnlyList<HeldPart> Parts => _parts;

    /// <summary>Of what is earned; above 0, at most 100.</summary>
    public decimal Percent => _parts.Sum(p => p.Percent);

    public static HoldRule UntilCash(decimal percent = 100m) => new(HoldUntil.Cash, null, Part(percent, 0));

    public static HoldRule UntilDate(DateOnly date, decimal percent = 100m) => new(HoldUntil.Date, date, Part(percent, 0));

    /// <param name="months">1 to <see cref="MaxMonths"/>.</param>
    public static HoldRule ForMonths(int months, decimal percent = 100m) => ForMonths([new HeldPart(percent, months)]);

    /// <param name="parts">Each later than the one before, together at most 100 %.</param>
    public static HoldRule ForMonths(IReadOnlyList<HeldPart> parts) => For(HoldUntil.Months, parts, HoldAfter.Sale);

    /// <param name="parts">Each later than the one before, 1 to <see cref="MaxDays"/> days, together at most 100 %.</param>
    public static HoldRule ForDays(IReadOnlyList<HeldPart> parts, HoldAfter after) => For(HoldUntil.Days, parts, after);

    private static HoldRule For(HoldUntil until, IReadOnlyList<HeldPart> parts, HoldAfter after) => Check(parts, until) is { } broken
        ? throw new ArgumentException($"{broken.Code}: {broken.Detail}", nameof(parts))
        : new HoldRule(until, null, [.. parts]) { After = after };

    public static HoldRule Read(DocNode node)
    {
        node.IsObject();
        var until = node.Get("until").AsOneOf(HoldUntil.Cash);
        var date = node.OptionalDate("date");
        var unit = until == HoldUntil.Days ? "days" : "months";
        var wait = Wait(node, unit);
        var after = node.OneOf("after", HoldAfter.Sale);
        var percent = node.Has("percent") ? node.Number("percent") : 100m;
        var parts = node.List("parts").Select(p => ReadPart(p, unit)).ToList();
        node.RefuseOthers();
        if (percent is <= 0m or > 100m)
        {
            node.Get("percent").Fail("hold_percent_out_of_range", "A hold withholds more than 0 and at most 100 %.");
            percent = 100m;
        }
        if (date is not null && until != HoldUntil.Date)
        {
            node.Get("date").Fail("hold_date_unused", "Only a hold until 'date' has a date.");
        }
        foreach (var member in new[] { "months", "days", "parts" }.Where(m => node.Has(m) && m != unit && !(m == "parts" && until is HoldUntil.Months or HoldUntil.Days)))
        {
            node.Get(member).Fail($"hold_{(member == "days" ? "days" : "months")}_unused", "Only a hold until 'months' has a number of months, and only one until 'days' a number of days.");
        }
        if (node.Has("months") && until is not HoldUntil.Months and not HoldUntil.Days)
        {
            node.Get("months").Fail("hold_months_unused", "Only a hold until 'months' has a number of months.");
        }
        if (node.Has("after") && until != HoldUntil.Days)
        {
            node.Get("after").Fail("hold_days_unused", "Only days are counted from the sale, the invoice or the cash.");
        }
        switch (until)
        {
            case HoldUntil.Date:
                return UntilDate(date ?? node.Date("date"), percent);
            case HoldUntil.Months or HoldUntil.Days when node.Has("parts"):
                foreach (var member in new[] { unit, "percent" }.Where(node.Has))
                {
                    node.Get(member).Fail("hold_parts_say_it", $"The parts of a hold have their own {unit} and percents.");
                }
                if (Check(parts, until) is { } broken)
                {
                    (node.List("parts").ElementAtOrDefault(broken.Index) ?? node.Get("parts")).Fail(broken.Code, broken.Detail);
                    return ForMonths(1);
                }
                return For(until, parts, after);
            case HoldUntil.Months or HoldUntil.Days:
                _ = node.Get(unit);
                return For(until, [new HeldPart(percent, wait)], after);
            default:
                return UntilCash(percent);
        }
    }

    public bool Equals(HoldRule? other) => other is not null && (Until, Date, After) == (other.Until, other.Date, other.After) && _parts.AsSpan().SequenceEqual(other._parts);

    public override int GetHashCode() => _parts.Aggregate(HashCode.Combine(Until, Date), HashCode.Combine);

    private static HeldPart Part(decimal percent, int months) =>
        percent is > 0m and <= 100m ? new HeldPart(percent, months) : throw new ArgumentOutOfRangeException(nameof(percent), percent, "More than 0 and at most 100 %.");

    private static int Wait(DocNode node, string unit)
    {
        var (months, days) = (node.Whole("months", otherwise: 1, least: 1, most: MaxMonths), node.Whole("days", otherwise: 1, least: 1, most: MaxDays));
        return unit == "days" ? days : months;
    }

    private static HeldPart ReadPart(DocNode node, string unit)
    {
        node.IsObject();
        var part = new HeldPart(node.Number("percent"), Wait(node, unit));
        _ = node.Get(unit);
        if (node.Find(unit == "days" ? "months" : "days") is { } other)
        {
            other.Fail("hold_units_mixed", $"The parts of this hold wait for {unit}.");
        }
        node.RefuseOthers();
        return part;
    }

    private static (int Index, string Code, string Detail)? Check(IReadOnlyList<HeldPart> parts, HoldUntil until)
    {
        if (parts.Count is 0 or > MaxParts)
        {
            return (parts.Count, "hold_parts_count", $"A hold has 1 to {MaxParts} parts.");
        }
        var (sum, most) = (0m, until == HoldUntil.Days ? MaxDays : MaxMonths);
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Percent is <= 0m or > 100m || (sum += parts[i].Percent) > 100m)
            {
                return (i, "hold_percent_out_of_range", "A hold withholds more than 0 and, all its parts together, at most 100 %.");
            }
            if (parts[i].Wait < 1 || parts[i].Wait > most || (i > 0 && parts[i].Wait <= parts[i - 1].Wait))
            {
                return (i, "hold_parts_out_of_order", $"Part {i + 1} is not released after the part before it, 1 to {most} {(until == HoldUntil.Days ? "days" : "months")} on.");
            }
        }
        return null;
    }

    public const string Schema = """
        {
          "type": "object",
          "description": "Pay that is earned now and withheld until a condition is met.",
          "properties": {
            "until": { "enum": ["cash", "date", "months", "days"], "description": "cash: released in proportion to the cash received over what was invoiced. date: released in the month a date lies in. months: released a number of months after it was earned. days: released in the month that a day lies in, a number of days after the sale, the invoice or the cash." },
            "date": { "type": "string", "format": "date", "description": "With until date: pay is released in the month this day lies in; pay that is earned later is not held." },
            "months": { "type": ["integer", "string"], "minimum": 1, "maximum": 120, "description": "With until months: how many months after the month it was earned in pay is released." },
            "days": { "type": ["integer", "string"], "minimum": 1, "maximum": 3660, "description": "With until days: how many days after the sale, the invoice or the cash." },
            "after": { "enum": ["sale", "invoice", "cash"], "default": "sale", "description": "With until days, what they are counted from. sale: the deal's first day. invoice: each invoice, in proportion to what was invoiced; without one the order. cash: each payment, in proportion to what was invoiced." },
            "percent": { "type": ["number", "string"], "description": "Of what is earned, above 0 and at most 100; the rest is paid as it is earned. Default 100." },
            "parts": {
              "type": "array",
              "description": "With until months or days, in the place of months or days and percent: parts that are released one after the other, together at most 100 %.",
              "minItems": 1,
              "maxItems": 24,
              "items": {
                "type": "object",
                "properties": {
                  "percent": { "type": ["number", "string"], "description": "Of what is earned, above 0." },
                  "months": { "type": ["integer", "string"], "minimum": 1, "maximum": 120, "description": "How many months after the month it was earned in the part is released; more than in the part before." },
                  "days": { "type": ["integer", "string"], "minimum": 1, "maximum": 3660, "description": "With until days, in the place of months: how many days on the part is released; more than in the part before." }
                },
                "required": ["percent"],
                "additionalProperties": false
              }
            }
          },
          "required": ["until"],
          "additionalProperties": false
        }
        """;
}
