using Spm.Compensation.Caps;
using Spm.Compensation.Documents;
using Spm.Compensation.Draws;
using Spm.Compensation.Guarantees;

namespace Spm.Compensation.PayRuns;

/// <summary>Rules between the incentives and the payout of a rep, in the order in which they are applied. A new kind adds its line here.</summary>
public static class PayRuleKinds
{
    /// <param name="Name">The member of <c>pay</c>.</param>
    /// <param name="Schema">Of that member.</param>
    public sealed record Kind(string Name, string Schema, Func<DocNode, PayRule> Read);

    public static IReadOnlyList<Kind> All { get; } =
    [
        new(CapsOnPay.Name, $$"""{"type": "array", "maxItems": 3, "items": {{CapRule.Schema}}}""", CapsOnPay.Read),
        new(GuaranteeOnPay.Name, PayProration.With(GuaranteeRule.Schema), GuaranteeOnPay.Read),
        new(DrawOnPay.Name, PayProration.With(DrawRule.Schema), DrawOnPay.Read),
    ];

    public static PayRules Read(DocNode? pay)
    {
        if (pay is null || !pay.IsObject())
        {
            return PayRules.None;
        }
        List<PayRule> rules = [.. All.Where(k => pay.Has(k.Name)).Select(k => k.Read(k.Name == CapsOnPay.Name ? pay : pay.Get(k.Name)))];
        pay.RefuseOthers();
        return new PayRules(rules);
    }
}
