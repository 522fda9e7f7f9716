using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Hosts;

public sealed class UsageTests
{
    [Theory]
    [InlineData("--help", 0)]
    [InlineData("help", 0)]
    [InlineData("bakcup", 1)]
    public async Task Who_asks_for_help_or_for_no_command_there_is_reads_what_there_is_and_starts_no_host(string word, int exit)
    {
        var (ended, output) = await HostCommand.ExecuteAsync(word, "one.backup");

        Assert.Equal(exit, ended);
        Assert.Contains("Spm.Host backup FILE", output, StringComparison.Ordinal);
        Assert.Equal(exit == 1, output.Contains("'bakcup' is no command.", StringComparison.Ordinal));
    }
}
