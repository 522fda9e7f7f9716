namespace Spm.Compensation.Population;

/// <summary>A measure of every transaction: its name and what one transaction counts, before any share of it is credited.</summary>
public sealed record PopulationMeasure(string Name, NumberTerm Value);

/// <summary>
/// Arithmetic over a transaction's columns and the attributes of its codes, without division, so that every value is exact at a scale
/// known beforehand: a product's is the sum of its factors', everything else takes the finer of the two.
/// </summary>
public abstract record NumberTerm
{
    private protected NumberTerm() { }

    public static NumberTerm operator +(NumberTerm left, NumberTerm right) => new ArithmeticTerm(Arithmetic.Add, left, right);

    public static NumberTerm operator -(NumberTerm left, NumberTerm right) => new ArithmeticTerm(Arithmetic.Subtract, left, right);

    public static NumberTerm operator *(NumberTerm left, NumberTerm right) => new ArithmeticTerm(Arithmetic.Multiply, left, right);

    public static implicit operator NumberTerm(decimal constant) => new ConstantTerm(constant);
}

/// <summary>The number of that name in the transaction's row.</summary>
public sealed record ColumnTerm(string Column) : NumberTerm;

/// <summary>What the dimension of a code column says of the transaction's code: the margin of its product line.</summary>
public sealed record AttributeTerm(string Column, string Attribute) : NumberTerm;

/// <summary>Its scale is that of the decimal without trailing zeros.</summary>
public sealed record ConstantTerm(decimal Value) : NumberTerm;

public sealed record ArithmeticTerm(Arithmetic Operation, NumberTerm Left, NumberTerm Right) : NumberTerm;

/// <summary>Only the branch that is taken is calculated; only that one can overflow.</summary>
public sealed record IfTerm(ConditionTerm Condition, NumberTerm Then, NumberTerm Otherwise) : NumberTerm;

public enum Arithmetic
{
    Add,
    Subtract,
    Multiply,
}

/// <summary>True or false of a transaction.</summary>
public abstract record ConditionTerm
{
    private protected ConditionTerm() { }
}

public sealed record ComparisonTerm(Comparison Comparison, NumberTerm Left, NumberTerm Right) : ConditionTerm;

/// <summary>The right side is not calculated when the left one is false.</summary>
public sealed record AndTerm(ConditionTerm Left, ConditionTerm Right) : ConditionTerm;

/// <summary>The right side is not calculated when the left one is true.</summary>
public sealed record OrTerm(ConditionTerm Left, ConditionTerm Right) : ConditionTerm;

public sealed record NotTerm(ConditionTerm Condition) : ConditionTerm;

public enum Comparison
{
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}
