using Spm.Compensation.Documents;
using Spm.Compensation.Draws;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.PayRuns;

/// <summary>Advances up to a floor, and their recovery. What is owed of an earlier draw is carried into the next one.</summary>
/// <param name="Per">The span that has the floor; it is drawn and recovered in the last month of the span.</param>
/// <param name="Components">Whose pay is held against the floor; null: all that is due.</param>
public sealed record DrawOnPay(DrawRule Rule, ProrationRule Proration, PeriodKind Per, IReadOnlyList<string>? Components) : PayRuleOfMonths
{
    public const string Name = "draw";

    public override string Kind => Name;

    public override PeriodKind Span => Per;

    public static string Schema { get; } = PayProration.With(SchemaText.With(
        DrawRule.Schema,
        $$"""
        "per": {{SchemaParts.OneOf<PeriodKind>("The fiscal span that has the floor. A longer one than a month is drawn and recovered in its last month; months of the rule are then such spans.", "month")}},
        "components": {"type": "array", "minItems": 1, "items": {{SchemaParts.Text("Id of a component.")}}, "description": "Only what these components pay is held against the floor, and recovered from. Left out: all that is due."}
        """));

    internal static DrawOnPay Read(DocNode node, ReadContext context)
    {
        var proration = PayProration.Read(node);
        var per = node.OneOf("per", PeriodKind.Month);
        List<string>? components = node.Has("components") ? [.. node.List("components").Where(c => context.Component(c) is not null).Select(c => c.Scalar)] : null;
        if (components is { Count: 0 })
        {
            node.Get("components").Fail("components_none", "A draw is held against at least one component; left out, against all.");
        }
        return new DrawOnPay(DrawRule.Read(node, context.Scopes.RepMonth), proration, per, components);
    }

    public override void Apply(PayRun run, int first, int last)
    {
        var spans = Spans(run, first, last);
        List<DrawMonth> drawing = [.. spans.Select(s => Drawing(run, s))];
        var owed = first == 0 ? 0m : run.Months[first - 1].DrawBalance;
        var rule = Rule.CarriedOn(owed);
        var drawn = rule.Pay(drawing);
        var explanation = new DrawExplanation(rule, drawing, drawn, Per, Components, [.. spans.Select(s => (IReadOnlyList<(FiscalMonth, decimal)>)[.. s.Select(m => (run.Months[m].Month, Due(run, m)))])]);
        var at = first;
        for (var i = 0; i < drawn.Count; i++)
        {
            var month = run.Months[spans[i][^1]];
            month.Add(new PayLine(PayLineKind.Draw, null, drawn[i].DrawPaid, $"floor {drawn[i].Floor}", explanation));
            month.Add(new PayLine(PayLineKind.Recovery, null, -drawn[i].Recovered, null, explanation));
            month.Forgiven = drawn[i].Forgiven;
            for (; at < spans[i][^1]; at++)
            {
                run.Months[at].DrawBalance = i == 0 ? rule.OpeningBalance : drawn[i - 1].Balance;
            }
            run.Months[at++].DrawBalance = drawn[i].Balance;
        }
        for (; at < run.Months.Count; at++)
        {
            run.Months[at].DrawBalance = drawn[^1].Balance;
        }
    }

    public bool Equals(DrawOnPay? other) =>
        other is not null && Equals((Rule, Proration, Per), (other.Rule, other.Proration, other.Per)) && (Components ?? []).SequenceEqual(other.Components ?? []);

    public override int GetHashCode() => HashCode.Combine(Rule, Proration, Per, Components?.Count);

    /// <summary>What a month has due that the draw looks at.</summary>
    private decimal Due(PayRun run, int month) => Components is null ? run.Months[month].Due : Components.Sum(run.Months[month].DueOf);

    private DrawMonth Drawing(PayRun run, IReadOnlyList<int> months)
    {
        var span = run.Months[months[0]].Month.Span(Per);
        return new DrawMonth(
            span, months.Sum(m => Due(run, m)), months.Sum(m => run.TargetIncentiveOf(m) ?? 0m), PayProration.Of(Proration, run, months[^1], span), Rule.Amount?.Of(run.RepIn(months[^1])));
    }

    /// <summary>The months of each span that the rule goes through; the first and the last may be cut.</summary>
    private List<List<int>> Spans(PayRun run, int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).GroupBy(m => run.Months[m].Month.Span(Per).No).Select(g => g.ToList())];
}
