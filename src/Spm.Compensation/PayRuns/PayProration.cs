using Spm.Compensation.Documents;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.PayRuns;

/// <summary>How much of a draw's or guarantee's floor a span has in which the rep was not employed all the time.</summary>
internal static class PayProration
{
    /// <summary>The proration of a rule's node; no proration: the whole floor.</summary>
    public static ProrationRule Read(DocNode node) => node.Find("proration") is { } proration ? ProrationRule.Read(proration) : ProrationRule.None;

    public static Fraction Of(ProrationRule rule, PayRun run, int month, FiscalPeriod span)
    {
        if (rule.By == ProrationBasis.None)
        {
            return Fraction.One;
        }
        var part = rule.Of(span, run.Rep.EmployedDays, run.YearOf(month));
        return part.TotalDays == 0 ? Fraction.Zero : part.Fraction;
    }

    /// <summary>The schema of a rule with the member <c>proration</c> put into its properties.</summary>
    public static string With(string schema) => SchemaText.With(schema, $"\"proration\": {ProrationRule.Schema}");
}
