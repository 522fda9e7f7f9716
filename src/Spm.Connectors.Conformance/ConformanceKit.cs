using Spm.Connectors.Conformance.Checks;

namespace Spm.Connectors.Conformance;

/// <summary>Runs the checks. Each begins with a fresh vendor, so their order says nothing.</summary>
public static class ConformanceKit
{
    private static readonly Check[] All =
    [
        .. SourceChecks.All, .. ValueChecks.All, .. FailureChecks.All, .. ChangeChecks.All, .. MemoryChecks.All, .. WebhookChecks.All, .. SinkChecks.All, .. RotationChecks.All,
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(c => c.Name)];

    public static async Task<ConformanceReport> RunAsync(Subject subject)
    {
        List<CheckResult> results = [];
        foreach (var check in All)
        {
            results.Add(await RunAsync(subject, check.Name).ConfigureAwait(false));
        }
        return new ConformanceReport(results);
    }

    public static async Task<CheckResult> RunAsync(Subject subject, string name)
    {
        var check = All.Single(c => c.Name == name);
        if (!check.Applies(subject.Manifest))
        {
            return new CheckResult(name, CheckStatus.NotApplicable, "The manifest has nothing that this is about.");
        }
        try
        {
            return new CheckResult(name, CheckStatus.Passed, await check.Run(subject).ConfigureAwait(false));
        }
        catch (NotApplicableException e)
        {
            return new CheckResult(name, CheckStatus.NotApplicable, e.Message);
        }
        catch (ConformanceException e)
        {
            return new CheckResult(name, CheckStatus.Failed, e.Message);
        }
        catch (Exception e)
        {
            return new CheckResult(name, CheckStatus.Failed, $"The connector threw where it should not: {e}");
        }
    }
}

/// <summary>What the checks found.</summary>
public sealed record ConformanceReport(IReadOnlyList<CheckResult> Results)
{
    public bool Passed => Results.All(r => r.Status != CheckStatus.Failed);

    public IReadOnlyList<string> Failed => [.. Results.Where(r => r.Status == CheckStatus.Failed).Select(r => r.Name)];

    public override string ToString() => string.Join(Environment.NewLine, Results.Select(r => $"{r.Status,-13} {r.Name}  {r.Detail}"));
}

/// <summary>What one check found.</summary>
public sealed record CheckResult(string Name, CheckStatus Status, string? Detail);

/// <summary>How a check ended.</summary>
public enum CheckStatus
{
    Passed,
    Failed,
    NotApplicable,
}

/// <summary>A rule that a connector breaks.</summary>
public sealed class ConformanceException(string message) : Exception(message);

internal sealed class NotApplicableException(string message) : Exception(message);

/// <summary>A rule: its name, which connectors it is for, and what finds out. It returns a figure for people, or null.</summary>
internal sealed record Check(string Name, Func<ConnectorManifest, bool> Applies, Func<Subject, Task<string?>> Run)
{
    public static Check ForSource(string name, Func<Subject, Task<string?>> run) => new(name, m => m.Kinds.HasFlag(ConnectorKinds.Source), run);

    public static Check ForSink(string name, Func<Subject, Task<string?>> run) => new(name, m => m.Kinds.HasFlag(ConnectorKinds.Sink), run);

    public static void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ConformanceException(otherwise);
        }
    }

    public static void SameKeys(IEnumerable<string> expected, IEnumerable<string> found, string where)
    {
        var (want, have) = (expected.ToHashSet(), found.ToHashSet());
        var (missing, extra) = (want.Except(have).ToList(), have.Except(want).ToList());
        That(
            missing.Count == 0 && extra.Count == 0,
            $"{where}: {missing.Count} missing ({string.Join(", ", missing.Take(5))}), {extra.Count} too many ({string.Join(", ", extra.Take(5))}).");
    }
}
