using Xunit;

namespace Spm.Connectors.Conformance.Xunit;

/// <summary>
/// All checks of the kit, one test each. An author derives a class in their test project:
/// <c>public sealed class AcmeConformance() : ConnectorConformance(new AcmeSubject());</c>
/// </summary>
public abstract class ConnectorConformance(Subject subject)
{
    /// <summary>What xunit takes for "skip this test now".</summary>
    private const string Skip = "$XunitDynamicSkip$";

    public static IEnumerable<object[]> Checks => ConformanceKit.Names.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task Conforms(string check)
    {
        var result = await ConformanceKit.RunAsync(subject, check);
        if (result.Status != CheckStatus.Passed)
        {
            // With the name of the check: runners cut it off where they print the argument.
            throw new ConformanceException(result.Status == CheckStatus.NotApplicable ? Skip + result.Detail : $"{check}: {result.Detail}");
        }
    }
}
