using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Minimums;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.PayRuns;

/// <summary>The least that is paid out: less waits until a later month brings the sum up to it. Worked example: minimum.md.</summary>
/// <param name="PaysAll">Whether the last month of a fiscal year pays what waits, however little it is.</param>
public sealed record MinimumOnPay(RepAmount Amount, bool PaysAll) : PayRuleOfMonths
{
    public const string Name = "minimum";

    public override string Kind => Name;

    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "The least that is paid out: a month that comes to less waits until a later one brings the sum up to it. What is negative does not wait.",
          "additionalProperties": false,
          "required": ["amount"],
          "properties": {
            "amount": {{RepAmount.Schema("The least payout, in the plan's currency, above 0.")}},
            "year_end_pays_all": {"type": "boolean", "default": false, "description": "The last month of a fiscal year pays what waits, however little it is."}
          }
        }
        """;

    internal static MinimumOnPay Read(DocNode node, ReadContext context) => Read(node, context.Scopes.RepMonth);

    public static MinimumOnPay Read(DocNode node, Scope<RepMonth> scope)
    {
        node.IsObject();
        var amount = RepAmount.Read(node.Get("amount"), scope);
        var paysAll = node.Truth("year_end_pays_all", false);
        node.RefuseOthers();
        if (node.Has("amount") && amount.Fixed <= 0m)
        {
            node.Get("amount").Fail("minimum_out_of_range", "The least payout is an amount above 0.");
        }
        return new MinimumOnPay(amount, paysAll);
    }

    public override void Apply(PayRun run, int first, int last)
    {
        var waiting = 0m;
        for (var m = first; m <= last && run.Months[m].Begun; m++)
        {
            var month = run.Months[m];
            var before = waiting;
            var sum = before + month.Due;
            waiting = sum > 0m && sum < Amount.Of(run.RepIn(m)) && !MustPay(run, m, last) ? sum : 0m;
            month.Add(new PayLine(PayLineKind.Minimum, null, before - waiting, FormattableString.Invariant($"{waiting:0.############################} wait for {Amount}"), new MinimumExplanation(before, waiting)));
            month.Waiting = waiting;
        }
    }

    /// <summary>Where nothing comes after it: the rep leaves, or another rule begins.</summary>
    private bool MustPay(PayRun run, int month, int last) =>
        (month == last && last + 1 < run.Months.Count)
        || run.Rep.LeftOn <= run.Months[month].Month.Period.To
        || (PaysAll && run.Months[month].Month.Period.To == run.Months[month].Month.Year.To);
}
