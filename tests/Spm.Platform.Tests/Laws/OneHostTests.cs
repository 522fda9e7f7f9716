using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Laws;

public sealed class OneHostTests
{
    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused_until_the_first_has_stopped()
    {
        Assert.SkipWhen(TestStore.IsPostgres, "PostgreSQL has any number of hosts.");
        var data = Directory.CreateTempSubdirectory("spm-test-").FullName;
        try
        {
            await using (await TestPlatform.StartAsync(data))
            {
                await Assert.ThrowsAsync<StoreException>(() => TestPlatform.StartAsync(data));
            }
            await using var next = await TestPlatform.StartAsync(data);
            (await next.GetAsync("/v1/company")).Expect(200);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
