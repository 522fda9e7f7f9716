using System.Text.Json;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>What people do with connections.</summary>
internal static class ConnectionSteps
{
    /// <summary>Of a file of opportunities.</summary>
    public const string DealHeader = "id,updated_at,name,amount,currency,status,close_date,owner,region\n";

    public const string SealingKey = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>Where a host is told to reach stubs on this machine, and to seal secrets.</summary>
    public static readonly string[] Stubs = ["--environment=Development", "--Spm:Connectors:AnyAddress=true", $"--Spm:Connectors:Key={SealingKey}"];

    /// <summary>A file in the folder that the first tenant's file connections read.</summary>
    public static void Drop(this TestPlatform platform, string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(platform.Data, "drops", "default")).FullName;
        File.WriteAllText(Path.Combine(folder, name), text);
    }

    public static async Task<string> ConnectAsync(this TestPlatform platform, string json) => (await platform.PostAsync("/v1/connections", json)).Expect(201).Json.Text("id");

    /// <summary>A connection to the folder, and its first run.</summary>
    public static async Task<string> ConnectFolderAsync(this TestPlatform platform, string mapping = "{}")
    {
        var id = await platform.ConnectAsync($$"""{"connector":"files","name":"Folder","source":"crm2","mapping":{{mapping}}}""");
        await platform.RunsAsync(id, 1);
        return id;
    }

    public static async Task<JsonElement> RunAsync(this TestPlatform platform, string id, string how = "run")
    {
        var before = (await platform.ListAsync($"/v1/connections/{id}/runs")).Length;
        (await platform.PostAsync($"/v1/connections/{id}/{how}")).Expect(200);
        return await platform.RunsAsync(id, before + 1);
    }

    /// <summary>The newest run, once there are so many and it has ended.</summary>
    public static async Task<JsonElement> RunsAsync(this TestPlatform platform, string id, int count)
    {
        await Until.TrueAsync(async () => await platform.ListAsync($"/v1/connections/{id}/runs") is var runs && runs.Length >= count && runs.All(r => r.Text("status") != "running"));
        return (await platform.ListAsync($"/v1/connections/{id}/runs"))[0];
    }

    public static string Rows(this JsonElement run)
    {
        var rows = run.GetProperty("rows");
        return string.Join(", ", rows.EnumerateObject().Where(p => p.Value.GetInt64() > 0).Select(p => $"{p.Name} {p.Value}"));
    }
}
