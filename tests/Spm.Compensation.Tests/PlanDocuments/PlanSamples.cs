using System.Text.Json.Nodes;
using Spm.Compensation.Tests.Examples;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>The plan documents of the samples.</summary>
internal static class PlanSamples
{
    public static IReadOnlyList<string> Paths { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "plans"), "*.plan.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => [.. Paths.Select(p => Path.GetFileName(p))];

    public static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Paths.Single(p => Path.GetFileName(p) == file)))!;
}
