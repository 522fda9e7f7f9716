using System.Globalization;
using System.Text;

namespace Spm.Compensation.Explain;

/// <summary>A graph as indented lines for people: what it is, how much, how it came about.</summary>
public static class ExplainText
{
    public static string Render(ExplainNode node)
    {
        var text = new StringBuilder();
        Append(text, node, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ExplainNode node, int depth)
    {
        text.Append(' ', depth * 2).Append(PlainText.Of(node.Name)).Append(": ");
        if (node.Word is not null || !node.IsKnown)
        {
            text.Append(PlainText.Of(node.Detail ?? "")).Append('\n');
            return;
        }
        text.Append(node.Value.ToString("#,0.##########", CultureInfo.InvariantCulture));
        var sign = node.Operation switch
        {
            ExplainOperation.Sum => "sum of",
            ExplainOperation.Difference => "first less the others",
            ExplainOperation.Product => "product of",
            ExplainOperation.Quotient => "first divided by second",
            ExplainOperation.Negative => "taken away",
            ExplainOperation.Least => "least of",
            ExplainOperation.Greatest => "greatest of",
            ExplainOperation.Rounded => node.Rounding is null ? "rounded half to even" : "rounded",
            _ => null,
        };
        if (sign is not null && node.Inputs.Count > 0)
        {
            text.Append(" = ").Append(sign);
        }
        text.Append(node.Detail is null ? "" : $"  ({PlainText.Of(node.Detail)})").Append('\n');
        foreach (var input in node.Inputs)
        {
            Append(text, input, depth + 1);
        }
    }
}
