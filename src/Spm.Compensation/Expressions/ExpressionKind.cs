namespace Spm.Compensation.Expressions;

/// <summary>What an expression yields. Number and Money are both exact decimals and are kept apart so that units are checked.</summary>
public enum ExpressionKind : byte
{
    /// <summary>Without a unit: a rate, an attainment, a count.</summary>
    Number,

    /// <summary>An amount in units of the plan's currency.</summary>
    Money,
    Text,
    Date,
    Truth,
}
