using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Laws;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Provisioning;

/// <summary>Two hosts over one PostgreSQL, and a provider whose workers bring the same people and groups through both at once.</summary>
public sealed class TwoHostsTests
{
    private const int People = 40, Workers = 6, Changes = 5;

    private static readonly string[] Names = [.. Enumerable.Range(0, People).Select(i => $"user{i}@example.com")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everybody_is_there_once_as_a_rep_and_no_change_is_lost_also_where_a_host_is_killed_meanwhile(bool kill)
    {
        var (store, folder) = (PostgresServer.Required.Schema(), Directory.CreateTempSubdirectory("spm-scim-").FullName);
        using var one = await HostProcess.StartAsync(folder, store);
        using var first = new LawTenant(one.At, TestPlatform.Key);
        // The tenant is with the host that answers first, which is the one that is killed.
        await first.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""");
        await using var two = await TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);
        using var provider = new Provider(one.At, two.Http.BaseAddress!);
        var boss = (await two.UserAsync("boss@example.com", ""","roles":[{"value":"manager"}]""")).Text("id");
        var group = (await two.GroupAsync("SPM Rep")).Text("id");

        var work = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(provider, worker, boss, group))));
        if (kill)
        {
            await Until.TrueAsync(async () => await provider.CountAsync() > People / 4);
            one.Kill();
        }
        await work;

        Assert.Equal(kill, provider.SentAgain > 0);
        Assert.All(Names, name => Assert.InRange(provider.Made.Count(m => m == name), kill ? 0 : 1, 1));
        var users = (await two.GetAsync("/scim/v2/Users?count=1000")).Expect(200).Json.GetProperty("Resources").EnumerateArray().Where(u => u.Text("id") != boss).ToList();
        Assert.Equal(Names.Order(StringComparer.Ordinal), users.Select(u => u.Text("userName")).Order(StringComparer.Ordinal));
        Assert.Equal(People, users.Select(u => u.Rep()).Distinct().Count(r => r is not null));
        Assert.Equal(People + 1, (await two.AllAsync("/v1/reps")).Count);
        Assert.Equal(users.Select(u => u.Text("id")).Order(StringComparer.Ordinal), (await two.GetAsync($"/scim/v2/Groups/{group}")).Json.GetProperty("members").EnumerateArray().Select(m => m.Text("value")).Order(StringComparer.Ordinal));
        Assert.All(users, u => Assert.Equal(boss, u.GetProperty(ScimSteps.Enterprise).GetProperty("manager").Text("value")));
        var title = (await two.GetAsync($"/scim/v2/Users/{boss}")).Json.Text("title").Split(' ');
        Assert.Equal(from worker in Enumerable.Range(0, Workers) from change in Enumerable.Range(0, Changes) select $"{worker}.{change}", title.Order(StringComparer.Ordinal));
        Assert.True((await two.GetAsync("/v1/audit/verification")).Expect(200).Json.GetProperty("sound").GetBoolean());
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Everybody in an order of the worker's own, with changes of one user in between that hold what others have written.</summary>
    private static async Task WorkAsync(Provider provider, int worker, string boss, string group)
    {
        foreach (var (name, i) in Law.Shuffled(Names, worker).Select((n, i) => (n, i)))
        {
            var id = await provider.UserAsync(name, boss);
            await provider.ExpectAsync(HttpMethod.Patch, $"/scim/v2/Groups/{group}", Patch($$"""{"op":"add","path":"members","value":[{"value":"{{id}}"}]}"""));
            if (i % (People / Changes) == 0)
            {
                await AppendAsync(provider, boss, $"{worker}.{i / (People / Changes)}");
            }
        }
    }

    private static async Task AppendAsync(Provider provider, string user, string word)
    {
        var path = $"/scim/v2/Users/{user}";
        for (var status = 412; status == 412;)
        {
            var (_, seen, tag) = await provider.SendAsync(HttpMethod.Get, path);
            string[] words = seen.TryGetProperty("title", out var title) ? title.GetString()!.Split(' ') : [];
            if (words.Contains(word))
            {
                // Written, and its answer lost.
                return;
            }
            (status, _, _) = await provider.SendAsync(HttpMethod.Patch, path, Patch($$"""{"op":"replace","path":"title","value":"{{string.Join(' ', [.. words, word])}}"}"""), tag);
            Assert.True(status is 200 or 412, $"{status}");
        }
    }

    private static string Patch(string operation) => $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operation}}]}""";
}
