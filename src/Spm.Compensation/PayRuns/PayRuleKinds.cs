using Spm.Compensation.Caps;
using Spm.Compensation.Documents;
using Spm.Compensation.Guarantees;
using Spm.Compensation.PayCurrencies;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Roundings;

namespace Spm.Compensation.PayRuns;

/// <summary>Rules between the incentives and the payout of a rep, in the order in which they are applied. A new kind adds its line here.</summary>
public static class PayRuleKinds
{
    /// <param name="Name">The member of <c>pay</c>.</param>
    /// <param name="Schema">Of that member.</param>
    public sealed record Kind(string Name, string Schema, Func<DocNode, ReadContext, PayRule> Read);

    public static IReadOnlyList<Kind> All { get; } =
    [
        new(CapsOnPay.Name, $$"""{"type": "array", "maxItems": 4, "items": {{CapRule.Schema}}}""", CapsOnPay.Read),
        new(GuaranteeOnPay.Name, PayProration.With(GuaranteeRule.Schema), GuaranteeOnPay.Read),
        new(DrawOnPay.Name, DrawOnPay.Schema, DrawOnPay.Read),
        new(MinimumOnPay.Name, MinimumOnPay.Schema, MinimumOnPay.Read),
    ];

    public static PayRules Read(DocNode? pay, ReadContext context)
    {
        if (pay is null || !pay.IsObject())
        {
            return PayRules.None;
        }
        List<PayRule> rules = [.. All.Where(k => pay.Has(k.Name)).Select(k => k.Read(k.Name == CapsOnPay.Name ? pay : pay.Get(k.Name), context))];
        var rounding = pay.Find("rounding") is { } node ? PayRounding.Read(node, context.Currency) : PayRounding.Standard;
        var currency = pay.Find(PayCurrency.Name) is { } own ? PayCurrency.Read(own, context) : null;
        pay.RefuseOthers();
        return new PayRules(rules) { Rounding = rounding, Currency = currency };
    }
}
