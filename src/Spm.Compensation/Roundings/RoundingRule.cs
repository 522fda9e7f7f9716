using System.Globalization;
using Spm.Compensation.Documents;

namespace Spm.Compensation.Roundings;

/// <summary>Which way a figure between two units goes.</summary>
public enum RoundingMode : byte
{
    /// <summary>To the nearer one; from the middle to the even one.</summary>
    HalfEven,

    /// <summary>To the nearer one; from the middle away from zero.</summary>
    HalfUp,

    /// <summary>Away from zero.</summary>
    Up,

    /// <summary>Towards zero: what lies beyond is cut off.</summary>
    Down,
}

/// <summary>What a component rounds.</summary>
public enum RoundingEach : byte
{
    /// <summary>What it has earned in its measurement period to date.</summary>
    Period,

    /// <summary>What each deal earns.</summary>
    Deal,
}

/// <summary>Rounds to a multiple of a unit: a cent, five centimes, a whole dollar. Worked example: rounding.md.</summary>
/// <param name="To">Above zero.</param>
public sealed record RoundingRule(RoundingMode Mode, decimal To)
{
    /// <summary>Above zero.</summary>
    public decimal To { get; } = To > 0m ? To : throw new ArgumentOutOfRangeException(nameof(To), To, "Rounded is to a unit above zero.");

    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "Rounds what the component has earned to date, or what each deal earns. Left out: nothing is rounded before the payout.",
          "additionalProperties": false,
          "properties": {
            {{Members("half_even")}},
            "each": {"enum": ["period", "deal"], "default": "period", "description": "period: what is earned in the measurement period to date. deal: what each deal earns."}
          }
        }
        """;

    /// <summary>The members that say how, with the default of the place.</summary>
    internal static string Members(string mode) => $$"""
        "to": {"type": ["number", "string"], "exclusiveMinimum": 0, "default": 0.01, "description": "The unit whose multiples are paid, in the plan's currency: 0.01, 0.05, 1. Default: the currency's minor unit."},
        "mode": {"enum": ["half_even", "half_up", "up", "down"], "default": "{{mode}}", "description": "half_even: from the middle to the even unit. half_up: from the middle away from zero. up: away from zero. down: towards zero, what lies beyond is cut off."}
        """;

    /// <param name="unit">The currency's minor unit.</param>
    public static (RoundingRule Rule, RoundingEach Each) Read(DocNode node, decimal unit)
    {
        node.IsObject();
        var rule = ReadRule(node, unit);
        var each = node.OneOf("each", RoundingEach.Period);
        node.RefuseOthers();
        return (rule, each);
    }

    internal static RoundingRule ReadRule(DocNode node, decimal unit)
    {
        var (to, mode) = (node.Number("to", unit), node.OneOf("mode", RoundingMode.HalfEven));
        if (to > 0m)
        {
            return new RoundingRule(mode, to);
        }
        node.Find("to")?.Fail("number_out_of_range", "Rounded is to a unit above 0.");
        return new RoundingRule(mode, unit);
    }

    public decimal Apply(decimal amount)
    {
        var units = amount / To;
        return To * Mode switch
        {
            RoundingMode.HalfEven => decimal.Round(units, 0, MidpointRounding.ToEven),
            RoundingMode.HalfUp => decimal.Round(units, 0, MidpointRounding.AwayFromZero),
            RoundingMode.Down => decimal.Truncate(units),
            _ => units < 0m ? decimal.Floor(units) : decimal.Ceiling(units),
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{WireNames.Of(Mode)} to {To}");
}
