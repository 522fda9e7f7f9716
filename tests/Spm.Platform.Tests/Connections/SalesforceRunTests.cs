using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.Salesforce;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>Opportunities of a Salesforce org as orders of those who share them.</summary>
public sealed class SalesforceRunTests
{
    private static string Salesforce(Uri address) =>
        $$$$"""
        {
          "connector": "salesforce", "name": "Salesforce", "base_address": "{{{{address}}}}",
          "config": { "client_id": "{{{{SalesforceVendor.ClientId}}}}", "client_secret": "{{{{SalesforceVendor.ClientSecret}}}}", "currency": "USD", "fields": ["Opportunity.Region__c"] },
          "mapping": { "opportunities": { "fields": { "facts/region": { "from": "fields/Region__c" } } } }
        }
        """;

    [Fact]
    public async Task Won_opportunities_are_credited_to_those_who_share_them_and_follow_their_shares()
    {
        await using var stub = await StubServer.StartAsync();
        var vendor = new SalesforceVendor(stub);
        vendor.Fill("users", 5);
        vendor.Fill("opportunities", 4);
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        await SmallCompany.CreateAsync(platform);
        foreach (var (rep, user) in ((string, int)[])[("E1", 1), ("E2", 2), ("E3", 0)])
        {
            (await platform.PutAsync($"/v1/reps/hris/{rep}", $$"""{"name":"Rep {{rep}}","email":"{{user}}@acme.example","plan":"ae"}""")).Expect(rep == "E3" ? 201 : 200);
        }

        var id = await platform.ConnectAsync(Salesforce(stub.Address));
        var run = await platform.RunsAsync(id, 1);

        Assert.Equal("complete", run.Text("status"));
        Assert.Equal(4, (await platform.ListAsync("/v1/transactions")).Length);
        // The first of them, of 0.50, is shared 60 to 40; the overlay beside it is nobody's credit.
        Assert.Contains("credited 1.80", await platform.LiveAsync("E1", "2025-03"));
        Assert.Contains("credited 2.70", await platform.LiveAsync("E2", "2025-03"));
        Assert.Contains("credited 3.50", await platform.LiveAsync("E3", "2025-03"));
        Assert.Equal("emea", (await platform.ListAsync("/v1/transactions"))[0].GetProperty("facts").Text("region"));

        vendor.Share(0, 1, SalesforceVendor.Revenue, 20);
        vendor.Share(0, 2, SalesforceVendor.Revenue, 80);
        vendor.Org["Opportunity"].Put(SalesforceVendor.Id("006", 1), DateTimeOffset.UtcNow, ("IsWon", false));
        vendor.Org["Opportunity"].Delete(SalesforceVendor.Id("006", 2), DateTimeOffset.UtcNow);
        await platform.RunAsync(id);

        Assert.Contains("credited 0.10", await platform.LiveAsync("E1", "2025-03"));
        Assert.Contains("credited 0.40", await platform.LiveAsync("E2", "2025-03"));
        var reconciled = (await platform.GetAsync($"/v1/connections/{id}/reconciliation")).Expect(200).Json;
        Assert.True(reconciled.GetProperty("agrees").GetBoolean(), reconciled.ToString());
        await platform.BalancesAsync();
    }
}
