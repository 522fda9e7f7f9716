using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;

namespace Spm.Compensation.Explain;

/// <summary>Which of the figures that an expression asks for is the one that is not known. Asked for people alone, once something stands still.</summary>
internal static class Unknowns
{
    /// <summary>"attainment, asked for by \"measured * attainment\""; null where the expression has a value.</summary>
    public static string? In<T>(CompiledExpression<T> expression, T context)
    {
        if (expression.Kind == ExpressionKind.Truth ? expression.TruthIfKnown(context) is not null : expression.Number(context) is not null)
        {
            return null;
        }
        List<string> names = [.. expression.Names.Where(n => expression.Ask(n, context) is null).Order(StringComparer.Ordinal)];
        names.AddRange(expression.Lookups(context).Where(l => l.Value is null).Select(l => l.Call.ToString()));
        // Every figure is there: what divides by zero, or is told to be null, has no value all the same.
        return names.Count == 0 ? $"\"{expression.Text}\" has no value" : $"{string.Join(", ", names)}, asked for by \"{expression.Text}\"";
    }

    /// <summary>The first figure that a component lacks in a month; null where none is missing.</summary>
    public static string? Of(VersionState state, int month, int component)
    {
        var (rule, period) = (state.Version.Components[component], state.At(month, component));
        return rule.AttainmentCap?.WhyUnknown(period) ?? rule.ExcessAbove?.WhyUnknown(period) ?? rule.Earning.WhyUnknown(period)
            ?? rule.Stages.Select(s => s.WhyUnknown(period)).FirstOrDefault(why => why is not null);
    }
}
