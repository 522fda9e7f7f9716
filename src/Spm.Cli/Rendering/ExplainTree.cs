using Spectre.Console;
using Spm.Client;

namespace Spm.Cli.Rendering;

/// <summary>A payout as a tree, from the amount down to the source records that made it.</summary>
internal static class ExplainTree
{
    /// <summary>Shows the <paramref name="credits"/> largest credits of each incentive, and says how many it leaves out.</summary>
    public static Tree Of(PayoutExplanation explanation, int credits)
    {
        var payout = explanation.Payout;
        var state = $"[grey]{Esc(PayoutTable.Status(payout))}, {Esc(payout.Id)}[/]";
        var tree = new Tree(new Markup($"[bold]{Esc(payout.Rep)}[/] {Esc(payout.Period)}  payout [bold green]{payout.Amount}[/]  {state}"))
        {
            Style = new Style(Color.Grey),
        };
        foreach (var incentive in explanation.Incentives)
            Add(tree, incentive, payout.Period, credits);
        foreach (var line in explanation.Lines)
            tree.AddNode($"{Esc(line.Line.Replace('_', ' '))} [bold]{line.Amount}[/]  [grey]{Esc(line.Component ?? "whole payout")}[/]");
        foreach (var adjustment in explanation.Adjustments)
            Add(tree, adjustment);
        if (payout.CarriedIn.Amount != 0)
            tree.AddNode($"carried in from earlier periods [bold]{payout.CarriedIn}[/]");
        if (payout.CarriedOut.Amount != 0)
            tree.AddNode($"carried out to the next period [bold]{payout.CarriedOut}[/]");
        if (explanation.Calculation is { } calculation)
            CalculationTree.Add(tree.AddNode("calculation"), calculation);
        return tree;
    }

    private static void Add(Tree tree, ExplainedAdjustment adjustment)
    {
        var origin = adjustment.OriginPeriod is { } period ? $" of {Esc(period)}" : "";
        var component = $"[grey]{Esc(adjustment.PlanName ?? "")} {Esc(adjustment.Component ?? "")}[/]";
        tree.AddNode($"adjustment [bold]{adjustment.Amount}[/]  {Esc(adjustment.Reason ?? "")}{origin}  {component}");
    }

    private static void Add(Tree tree, ExplainedIncentive incentive, string period, int credits)
    {
        var amount = incentive.Amount is { } money ? $"  [green]{money}[/]" : "";
        var plan = (incentive.PlanName ?? incentive.Plan) is { } name
            ? $"  [grey]plan {Esc(name)}, version {Esc(incentive.PlanVersion ?? Figures.Missing)}[/]"
            : "";
        var node = tree.AddNode($"incentive [bold]{Esc(incentive.ComponentName ?? incentive.Component)}[/]{amount}{plan}");
        // Earnings are of the attainment period so far, the pay is of the month.
        if (incentive.EarnedBefore != 0)
        {
            var month = incentive.EarnedToDate - incentive.EarnedBefore;
            node.AddNode($"earned to date {Figures.Exact(incentive.EarnedToDate)} less earned before {Figures.Exact(incentive.EarnedBefore)}"
                + $" = [green]{Figures.Exact(month)}[/]");
        }

        if (incentive.AdjustedLater is { Amount: not 0 } later)
            node.AddNode($"changed since closing by [bold]{later}[/]: paid as an adjustment of a later month");
        var quota = incentive.Quota is { } target
            ? $" of quota {Figures.Amount(target)} = {Figures.Percent(incentive.Attainment)}"
            : ", no quota";
        var ofMonth = incentive.Credited != incentive.Measurement ? $"; in {Esc(period)}: {Figures.Amount(incentive.Credited)}" : "";
        var measurement = node.AddNode($"measurement [bold]{Figures.Amount(incentive.Measurement)}[/]{quota}{ofMonth}");
        AddCredits(measurement, incentive.Credits, credits);
        AddRollUp(measurement, incentive.RollUp, credits);
    }

    private static void AddCredits(TreeNode parent, IReadOnlyList<ExplainedCredit> all, int show)
    {
        // Equal amounts keep one order, so that the same payout always prints the same tree.
        var largest = all.OrderByDescending(credit => Math.Abs(credit.Amount))
            .ThenBy(credit => credit.Transaction.Id, StringComparer.Ordinal);
        foreach (var credit in largest.Take(show))
        {
            var node = parent.AddNode($"{Esc(credit.Kind)} credit {Figures.Rate(credit.Percent)} = {Figures.Amount(credit.Amount)}");
            var from = credit.Transaction;
            var record = $"[aqua]{Esc(from.Kind)} {Esc(from.Source ?? "")}/{Esc(from.ExternalId ?? from.Id)}[/]";
            var converted = from.Conversion is { } c ? $" {Esc(c.Original.Currency)} at {Figures.Exact(c.Rate)} = {Figures.Exact(c.Converted.Amount)} {Esc(c.Converted.Currency)}" : "";
            node.AddNode($"{record} version {from.Version}, {from.Date:yyyy-MM-dd}, {Figures.Amount(from.Amount)}{converted}");
        }

        LeftOut(parent, all.Count, show, "credits");
    }

    private static void AddRollUp(TreeNode parent, IReadOnlyList<ExplainedRollUp> all, int show)
    {
        foreach (var report in all.OrderByDescending(report => Math.Abs(report.Amount)).Take(show))
        {
            var count = $"[grey]{Figures.Count(report.Count)} credits[/]";
            parent.AddNode($"roll-up from {Esc(report.Rep)} = {Figures.Amount(report.Amount)}  {count}");
        }

        LeftOut(parent, all.Count, show, "reports");
    }

    private static void LeftOut(TreeNode parent, int count, int shown, string what)
    {
        if (count > shown)
            parent.AddNode($"[grey]… and {Figures.Count(count - shown)} more {what}[/]");
    }

    private static string Esc(object value) => Markup.Escape(value.ToString() ?? "");
}
