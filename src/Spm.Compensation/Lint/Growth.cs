namespace Spm.Compensation.Lint;

/// <summary>What grows while a component is asked again and again.</summary>
public enum Growth : byte
{
    /// <summary>What is credited in the last month of the attainment period; nothing is credited before.</summary>
    Alone,

    /// <summary>What is credited in the last month of a year whose other months stand at their quota.</summary>
    AfterMonths,

    /// <summary>What is credited in each month of a year.</summary>
    EachMonth,

    /// <summary>What the other components attain, in percent, while the component itself stands at its quota.</summary>
    Others,
}
