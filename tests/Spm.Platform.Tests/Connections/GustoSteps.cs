using Spm.Connectors.Tests.Gusto;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>A connection to Gusto, and what it is given to pay.</summary>
internal static class GustoSteps
{
    public static string Connection(GustoVendor vendor, bool submits = false) =>
        $$$$"""
        {
          "connector": "gusto", "name": "Gusto", "base_address": "{{{{vendor.Server.Address}}}}",
          "config": { "client_id": "{{{{GustoVendor.ClientId}}}}", "client_secret": "{{{{GustoVendor.ClientSecret}}}}", "refresh_token": "{{{{GustoVendor.RefreshToken}}}}", "submit": {{{{(submits ? "true" : "false")}}}} },
          "mapping": { "payout_lines": { "fields": { "person": { "from": "email" } } } }
        }
        """;

    /// <summary>Three payouts of a month that Gusto's employees know; with the first month comes the company.</summary>
    public static async Task<string> ApprovedAsync(this TestPlatform platform, string month = "01")
    {
        if (month == "01")
        {
            await SmallCompany.CreateAsync(platform);
            foreach (var (rep, number) in ((string, int)[])[("E1", 1), ("E2", 2)])
            {
                (await platform.PutAsync($"/v1/reps/hris/{rep}", $$"""{"name":"Rep {{rep}}","title":"AE","manager":"M1","plan":"ae","email":"e{{number}}@acme.example"}""")).Expect(200);
            }
            (await platform.PutAsync("/v1/reps/hris/M1", """{"name":"Mia","title":"Manager","plan":"mgr","email":"e3@acme.example"}""")).Expect(200);
        }
        await platform.SellAsync($"T{month}1", "E1", $"2025-{month}-05", "1000");
        await platform.SellAsync($"T{month}2", "E2", $"2025-{month}-06", "900");
        await platform.CloseAsync($"2025-{month}");
        return await platform.ApprovedBatchAsync($"2025-{month}");
    }
}
