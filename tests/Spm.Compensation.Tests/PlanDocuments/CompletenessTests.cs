using System.Text.Json;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.RateTables;
using Spm.Compensation.Tests.Examples;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>Whoever adds a mechanic learns here what it still lacks.</summary>
public class CompletenessTests
{
    private static readonly string _samples = string.Concat(PlanSamples.Paths.Select(File.ReadAllText));

    /// <summary>Every member that a kind brings into a document, with its schema.</summary>
    public static TheoryData<string, string> Members =>
    [
        .. EarningKinds.All.Select(k => (k.Name, k.Schema)),
        .. StageKinds.All.Select(k => (k.Name, k.Schema)),
        .. PayRuleKinds.All.Select(k => (k.Name, k.Schema)),
        .. ComponentPayRules.Members,
    ];

    public static TheoryData<string> Modes => [.. RateTableKinds.All.Select(k => k.WireName)];

    [Theory]
    [MemberData(nameof(Members))]
    public void A_kind_has_a_schema_that_says_what_it_is_and_a_sample_that_proves_it(string name, string schema)
    {
        using var parsed = JsonDocument.Parse(schema);
        Assert.True(parsed.RootElement.TryGetProperty("description", out _) || parsed.RootElement.TryGetProperty("items", out _), $"The schema of '{name}' has no description.");
        Assert.True(_samples.Contains($"\"{name}\":", StringComparison.Ordinal), $"No plan document of the samples has a member '{name}'.");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_mode_of_rate_table_has_a_schema_a_worked_example_lint_and_a_sample(string mode)
    {
        var kind = RateTableKinds.Find(mode)!;
        using var schema = JsonDocument.Parse(kind.Schema);
        Assert.True(File.Exists(Path.Combine(Repository.Root, "src", "Spm.Compensation", "RateTables", kind.Example)));
        Assert.Contains($"\"mode\": \"{mode}\"", _samples, StringComparison.Ordinal);
        Assert.Single(Concrete(typeof(RateTable)), t => Constant(t, "WireName") == mode && t.GetMethod("Lint")!.DeclaringType == t);
    }

    [Fact]
    public void Every_rate_table_is_registered() =>
        Assert.Equal(RateTableKinds.All.Select(k => k.WireName).Order(StringComparer.Ordinal), Concrete(typeof(RateTable)).Select(t => Constant(t, "WireName")!).Order(StringComparer.Ordinal));

    /// <summary>A class whose name no registered member bears cannot be written in a document.</summary>
    [Fact]
    public void Every_stage_pay_rule_and_earning_is_read_from_a_registered_member()
    {
        Assert.Equal(StageKinds.All.Count, Concrete(typeof(EarningStage)).Length);
        Assert.Equal(PayRuleKinds.All.Select(k => k.Name).Order(StringComparer.Ordinal), Concrete(typeof(PayRule)).Select(t => Constant(t, "Name")!).Order(StringComparer.Ordinal));
        string[] earnings = [.. EarningKinds.All.Select(k => k.Name), "none"];
        Assert.All(Concrete(typeof(Earning)), t => Assert.Contains(KindOf(t), earnings));
    }

    [Fact]
    public void Every_earning_and_stage_explains_itself()
    {
        Assert.All(Concrete(typeof(Earning)).Concat(Concrete(typeof(EarningStage))), t => Assert.False(t.GetMethod("Explain")!.IsAbstract));
        Assert.All(Concrete(typeof(DealEarning)), t => Assert.NotEqual(typeof(Earning), t.GetMethod("Explain")!.DeclaringType));
    }

    private static Type[] Concrete(Type kind) => [.. kind.Assembly.GetTypes().Where(t => kind.IsAssignableFrom(t) && !t.IsAbstract)];

    private static string? Constant(Type type, string name) => type.GetField(name)?.GetRawConstantValue() as string;

    // The property answers with a constant: no instance needs to be made.
    private static string KindOf(Type type) => (string)type.GetProperty("Kind")!.GetValue(System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type))!;
}
