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

/// <summary>A part of what is earned, released so many months after the month it was earned in.</summary>
public readonly record struct HeldPart(decimal Percent, int Months);

/// <summary>Pay, or a part of it, that is earned now and withheld until cash, a date, or for a number of months. Worked example: holds.md.</summary>
public sealed record HoldRule
{
    public const int MaxMonths = 120;

    public const int MaxParts = 24;

    private readonly HeldPart[] _parts;

    private HoldRule(HoldUntil until, DateOnly? date, params HeldPart[] parts) => (Until, Date, _parts) = (until, date, parts);

    public HoldUntil Until { get; }

    /// <summary>Pay is released in the month this day lies in; null unless held until a date.</summary>
    public DateOnly? Date { get; }

    /// <summary>What is withheld: one part, or where it is held for months any number. The rest is paid as it is earned.</summary>
    public IReadOnlyList<HeldPart> Parts => _parts;

    /// <summary>Of what is earned; above 0, at most 100.</summary>
    public decimal Percent => _parts.Sum(p => p.Percent);

    public static HoldRule UntilCash(decimal percent = 100m) => new(HoldUntil.Cash, null, Part(percent, 0));

    public static HoldRule UntilDate(DateOnly date, decimal percent = 100m) => new(HoldUntil.Date, date, Part(percent, 0));

    /// <param name="months">1 to <see cref="MaxMonths"/>.</param>
    public static HoldRule ForMonths(int months, decimal percent = 100m) => ForMonths([new HeldPart(percent, months)]);

    /// <param name="parts">Each later than the one before, together at most 100 %.</param>
    public static HoldRule ForMonths(IReadOnlyList<HeldPart> parts) => Check(parts) is { } broken
        ? throw new ArgumentException($"{broken.Code}: {broken.Detail}", nameof(parts))
        : new HoldRule(HoldUntil.Months, null, [.. parts]);

    public static HoldRule Read(DocNode node)
    {
        node.IsObject();
        var until = node.Get("until").AsOneOf(HoldUntil.Cash);
        var date = node.OptionalDate("date");
        var months = node.Whole("months", otherwise: 1, least: 1, most: MaxMonths);
        var percent = node.Has("percent") ? node.Number("percent") : 100m;
        var parts = node.List("parts").Select(ReadPart).ToList();
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
        foreach (var member in new[] { "months", "parts" }.Where(m => node.Has(m) && until != HoldUntil.Months))
        {
            node.Get(member).Fail("hold_months_unused", "Only a hold until 'months' has a number of months.");
        }
        switch (until)
        {
            case HoldUntil.Date:
                return UntilDate(date ?? node.Date("date"), percent);
            case HoldUntil.Months when node.Has("parts"):
                foreach (var member in new[] { "months", "percent" }.Where(node.Has))
                {
                    node.Get(member).Fail("hold_parts_say_it", "The parts of a hold have their own months and percents.");
                }
                if (Check(parts) is { } broken)
                {
                    (node.List("parts").ElementAtOrDefault(broken.Index) ?? node.Get("parts")).Fail(broken.Code, broken.Detail);
                    return ForMonths(1);
                }
                return ForMonths(parts);
            case HoldUntil.Months:
                _ = node.Get("months");
                return ForMonths(months, percent);
            default:
                return UntilCash(percent);
        }
    }

    public bool Equals(HoldRule? other) => other is not null && (Until, Date) == (other.Until, other.Date) && _parts.AsSpan().SequenceEqual(other._parts);

    public override int GetHashCode() => _parts.Aggregate(HashCode.Combine(Until, Date), HashCode.Combine);

    private static HeldPart Part(decimal percent, int months) =>
        percent is > 0m and <= 100m ? new HeldPart(percent, months) : throw new ArgumentOutOfRangeException(nameof(percent), percent, "More than 0 and at most 100 %.");

    private static HeldPart ReadPart(DocNode node)
    {
        node.IsObject();
        var part = new HeldPart(node.Number("percent"), node.Whole("months", otherwise: 1, least: 1, most: MaxMonths));
        _ = node.Get("months");
        node.RefuseOthers();
        return part;
    }

    private static (int Index, string Code, string Detail)? Check(IReadOnlyList<HeldPart> parts)
    {
        if (parts.Count is 0 or > MaxParts)
        {
            return (0, "hold_parts_count", $"A hold has 1 to {MaxParts} parts.");
        }
        var sum = 0m;
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Percent is <= 0m or > 100m || (sum += parts[i].Percent) > 100m)
            {
                return (i, "hold_percent_out_of_range", "A hold withholds more than 0 and, all its parts together, at most 100 %.");
            }
            if (parts[i].Months is < 1 or > MaxMonths || (i > 0 && parts[i].Months <= parts[i - 1].Months))
            {
                return (i, "hold_parts_out_of_order", $"Part {i + 1} is not released after the part before it, 1 to {MaxMonths} months after it was earned.");
            }
        }
        return null;
    }

    public const string Schema = """
        {
          "type": "object",
          "description": "Pay that is earned now and withheld until a condition is met.",
          "properties": {
            "until": { "enum": ["cash", "date", "months"], "description": "cash: released in proportion to the cash received over what was invoiced. date: released in the month a date lies in. months: released a number of months after it was earned." },
            "date": { "type": "string", "format": "date", "description": "With until date: pay is released in the month this day lies in; pay that is earned later is not held." },
            "months": { "type": ["integer", "string"], "minimum": 1, "maximum": 120, "description": "With until months: how many months after the month it was earned in pay is released." },
            "percent": { "type": ["number", "string"], "description": "Of what is earned, above 0 and at most 100; the rest is paid as it is earned. Default 100." },
            "parts": {
              "type": "array",
              "description": "With until months, in the place of months and percent: parts that are released one after the other, together at most 100 %.",
              "minItems": 1,
              "maxItems": 24,
              "items": {
                "type": "object",
                "properties": {
                  "percent": { "type": ["number", "string"], "description": "Of what is earned, above 0." },
                  "months": { "type": ["integer", "string"], "minimum": 1, "maximum": 120, "description": "How many months after the month it was earned in the part is released; more than in the part before." }
                },
                "required": ["percent", "months"],
                "additionalProperties": false
              }
            }
          },
          "required": ["until"],
          "additionalProperties": false
        }
        """;
}
