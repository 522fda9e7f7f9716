using Spectre.Console;
using Spm.Client;

namespace Spm.Cli.Rendering;

/// <summary>A figure and how it came about, one line for each figure below it.</summary>
internal static class CalculationTree
{
    public static void Add(IHasTreeNodes parent, Calculation node)
    {
        var sign = node.Operation switch
        {
            "sum" => " = sum of",
            "difference" => " = first less the others",
            "product" => " = product of",
            "quotient" => " = first divided by second",
            "least" => " = least of",
            "greatest" => " = greatest of",
            "negative" => " = negative of",
            "rounded" => " = rounded half to even",
            _ => "",
        };
        var detail = node.Detail is { } text ? $"  [grey]{Markup.Escape(text)}[/]" : "";
        var shown = parent.AddNode($"{Markup.Escape(node.Name)} [bold]{Figures.Exact(node.Value)}[/]{sign}{detail}");
        foreach (var input in node.Inputs)
            Add(shown, input);
    }
}
