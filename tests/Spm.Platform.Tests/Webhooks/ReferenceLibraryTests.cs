using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Spm.Platform.Tests.Architecture;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Webhooks;

/// <summary>The reference library of Standard Webhooks takes what is sent, in a process of its own: see tests/oracles/standard-webhooks.</summary>
public sealed class ReferenceLibraryTests
{
    [Fact]
    public async Task The_reference_library_finds_what_is_sent_genuine_and_nothing_else()
    {
        using var node = Start();
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var (id, old) = await platform.ListenAsync(receiver.Url, payload: "full");
        var made = (await platform.PostAsync($"/v1/webhooks/{id}/rotate")).Expect(200).Json.Text("secret");
        await platform.PayJanuaryAsync();
        var all = await receiver.UntilAsync(a => a.Any(r => r.Type == "payout_batch.paid"));

        foreach (var request in all)
        {
            Assert.Equal("ok", await AskAsync(node, request, old));
            Assert.Equal("ok", await AskAsync(node, request, made));
            Assert.NotEqual("ok", await AskAsync(node, request with { Body = request.Body + " " }, made));
            Assert.NotEqual("ok", await AskAsync(node, request, "whsec_" + Convert.ToBase64String(new byte[32])));
        }
    }

    private static async Task<string?> AskAsync(Process node, Received request, string secret)
    {
        await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { secret, headers = request.Headers.Where(h => h.Key.StartsWith("webhook-", StringComparison.Ordinal)).ToDictionary(), body = request.Body }));
        return await node.StandardOutput.ReadLineAsync();
    }

    /// <summary>Skips where node or the package is missing, unless SPM_REQUIRE_ORACLES says that this would be a failure.</summary>
    private static Process Start()
    {
        var folder = Repository.At("tests", "oracles", "standard-webhooks");
        if (Directory.Exists(Path.Combine(folder, "node_modules", "standardwebhooks")))
        {
            try
            {
                return Process.Start(new ProcessStartInfo("node", "verify.js")
                {
                    WorkingDirectory = folder,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                })!;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no node.
            }
        }
        const string missing = "node or the package is missing: npm ci --ignore-scripts in tests/oracles/standard-webhooks";
        Assert.False(Environment.GetEnvironmentVariable("SPM_REQUIRE_ORACLES") == "1", missing);
        Assert.Skip(missing);
        return null!;
    }
}
