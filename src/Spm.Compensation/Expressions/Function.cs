using Spm.Compensation.Documents;

namespace Spm.Compensation.Expressions;

/// <summary>The closed set of functions. In a text they bear their snake_case names.</summary>
public enum Function : byte
{
    Min,
    Max,
    Abs,
    Floor,
    Ceil,
    Round,
    Clamp,
    Coalesce,
    IsNull,
    RoundHalfUp,
    RoundUp,
    RoundDown,
    DaysBetween,
    MonthsBetween,
    Year,
    Month,
    Day,
    Lower,
    Upper,
    StartsWith,
    EndsWith,
    Contains,
    Lookup,
}

/// <summary>How functions are named and how many arguments they take.</summary>
public static class Functions
{
    private static readonly string[] Names = [.. Enum.GetValues<Function>().Select(WireNames.Of)];

    /// <summary>In the order of <see cref="Function"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    public static string Name(Function function) => Names[(int)function];

    public static bool TryParse(string name, out Function function)
    {
        var found = Array.IndexOf(Names, name);
        function = found < 0 ? default : (Function)found;
        return found >= 0;
    }

    internal static (int Least, int Most) Arguments(Function function) => function switch
    {
        Function.Min or Function.Max or Function.Coalesce => (2, int.MaxValue),
        Function.Clamp => (3, 3),
        Function.Round or Function.RoundHalfUp or Function.RoundUp or Function.RoundDown or Function.DaysBetween or Function.MonthsBetween or Function.Lookup or Function.StartsWith or Function.EndsWith or Function.Contains => (2, 2),
        _ => (1, 1),
    };
}
