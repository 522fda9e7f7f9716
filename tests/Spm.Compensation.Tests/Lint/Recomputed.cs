using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Lint;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Lint;

/// <summary>What a reader does with a finding: writes its question down as a test of the plan and looks at what is paid.</summary>
internal static class Recomputed
{
    /// <summary>Findings of a plan whose component <c>c</c> counts sales, or units where its text says so.</summary>
    public static IReadOnlyList<PlanFinding> Examine(string component, string version = "") => PlanLint.Examine(Read(component, version, "").Rules);

    /// <summary>What <c>c</c> adds to the payouts of two years, after its own rules, for a rep with a quota of 10,000, or 100 units, in each month.</summary>
    /// <param name="credited">By month from 1 to 24.</param>
    public static decimal Pay(string component, params (int Month, decimal Credited)[] credited) => Run(component, "", credited).Months.Sum(m => m.DueOf("c"));

    /// <summary>All that is due in the two years under rules of the version besides.</summary>
    public static decimal Due(string component, string version, params (int Month, decimal Credited)[] credited) => Run(component, version, credited).Months.Sum(m => m.Due);

    private static PayRun Run(string component, string version, (int Month, decimal Credited)[] credited)
    {
        var isUnits = component.Contains("\"measure\": \"units\"", StringComparison.Ordinal);
        var quotas = Enumerable.Range(1, 24).SelectMany(m => new[] { ("sales", 10_000), ("units", 100) }.Select(q => $$"""{"measure": "{{q.Item1}}", "period": "{{Month(m)}}", "amount": {{q.Item2}} }"""));
        var transactions = credited.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $$"""{"id": "T{{i:D2}}", "date": "{{Month(c.Month)}}-10", "amount": {{(isUnits ? 0m : c.Credited)}}, "quantity": {{(isUnits ? c.Credited : 1m)}} }"""));
        var plan = Read(component, version, $$""", "tests": [{"name": "t", "rep": {"target_incentive": 60000, "base_salary": 60000}, "years": ["2025-01-01", "2026-01-01"], "quotas": [{{string.Join(", ", quotas)}}], "transactions": [{{string.Join(", ", transactions)}}], "expect": [{"period": "2025", "is": 0}]}]""");
        return Assert.Single(PlanTestRunner.Calculate(plan.Rules, plan.Tests[0])).Value;
    }

    /// <summary>As findings show figures.</summary>
    public static decimal Figure(string shown) => decimal.Parse(shown, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static string Month(int month) => string.Create(CultureInfo.InvariantCulture, $"{2025 + ((month - 1) / 12)}-{((month - 1) % 12) + 1:D2}");

    private static PlanDocument Read(string component, string version, string tests)
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read($$"""
            {"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", {{version}}
              "measures": [{"id": "sales", "value": "amount"}, {"id": "units", "unit": "count", "value": "quantity"}],
              "components": [{"id": "c", {{component}} }]}]{{tests}} }
            """, errors);
        Assert.Empty(errors.All);
        return plan!;
    }
}
