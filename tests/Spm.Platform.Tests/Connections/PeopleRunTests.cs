using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>People of a source as reps: whom it names, who reports to whom and since when, who has left.</summary>
public sealed class PeopleRunTests
{
    private const string Mapping =
        """{"people":{"into":"reps"},"employments":{"into":"reps"},"opportunities":{"into":"none"}}""";

    [Fact]
    public async Task People_become_reps_whoever_comes_first_and_keep_what_others_have_set()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("people-1.csv", """
            id,updated_at,name,email,active,manager,employee_number,hired_on
            P1,2025-01-02T00:00:00Z,Ann,ann@acme.example,true,P2,1001,2024-05-01
            P2,2025-01-02T00:00:00Z,Bob,bob@acme.example,true,,1002,2020-01-01
            """);

        var id = await platform.ConnectFolderAsync(Mapping);

        Assert.Equal("read 2, created 2", (await platform.ListAsync($"/v1/connections/{id}/runs"))[0].Rows());
        var ann = Assert.Single(await platform.ListAsync("/v1/reps?external_id=P1"));
        Assert.Equal(("Ann", "crm2", "1001", "2024-05-01"), (ann.Text("name"), ann.Text("source"), ann.GetProperty("facts").Text("employee_number"), ann.Text("hired_on")));
        Assert.Equal(await platform.IdAsync("reps", "P2"), ann.GetProperty("managers")[0].Text("manager"));
        (await platform.PutAsync("/v1/reps/crm2/P1", $$"""{"name":"Ann","email":"ann@acme.example","manager":"P2","plan":"ae","target_incentive":"50000"}""")).Expect(200);

        platform.Drop("people-2.csv", "id,updated_at,name,email,active,manager,employee_number,hired_on\nP1,2025-03-10T00:00:00Z,Ann Lee,ann@acme.example,true,M1,1001,2024-05-01\n");
        Assert.Equal("read 1, corrected 1", (await platform.RunAsync(id)).Rows());

        ann = Assert.Single(await platform.ListAsync("/v1/reps?external_id=P1"));
        Assert.Equal(("Ann Lee", "50000.00"), (ann.Text("name"), ann.Text("target_incentive")));
        Assert.Single(ann.GetProperty("plans").EnumerateArray());
        Assert.Equal(["null 2025-03-10", "2025-03-10 null"], ann.GetProperty("managers").EnumerateArray().Select(m => $"{m.Text("from")} {m.Text("to")}"));
    }

    [Fact]
    public async Task Who_is_not_active_any_more_leaves_and_employments_give_title_and_manager_from_their_day()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("people-1.csv", """
            id,updated_at,name,active
            P1,2025-01-02T00:00:00Z,Ann,true
            P2,2025-01-02T00:00:00Z,Bob,true
            """);
        platform.Drop("employments-1.csv", """
            id,updated_at,person,from,title,manager,department
            J2,2025-01-02T00:00:00Z,P1,2025-02-01,Senior AE,M1,Sales
            J1,2025-01-02T00:00:00Z,P1,2024-02-01,AE,P2,Inside sales
            """);
        var id = await platform.ConnectFolderAsync(Mapping);

        var ann = Assert.Single(await platform.ListAsync("/v1/reps?external_id=P1"));
        Assert.Equal(("Senior AE", "Sales"), (ann.Text("title"), ann.GetProperty("facts").Text("department")));
        Assert.Equal(["2024-02-01 2025-02-01", "2025-02-01 null"], ann.GetProperty("managers").EnumerateArray().Select(m => $"{m.Text("from")} {m.Text("to")}"));

        platform.Drop("people-2.csv", "id,updated_at,name,active\nP2,2025-04-30T12:00:00Z,Bob,false\n");
        await platform.RunAsync(id);
        Assert.Equal("2025-04-30", Assert.Single(await platform.ListAsync("/v1/reps?external_id=P2")).Text("left_on"));
        Assert.Equal("read 5, unchanged 5", (await platform.RunAsync(id, "backfill")).Rows());
    }

    [Fact]
    public async Task An_employment_that_a_full_read_does_not_show_any_more_is_listed_and_the_run_comes_to_its_end()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("people-1.csv", "id,updated_at,name,active\nP1,2025-01-02T00:00:00Z,Ann,true\n");
        const string header = "id,updated_at,person,from,title\n";
        const string first = "J1,2025-01-02T00:00:00Z,P1,2024-02-01,AE\n";
        platform.Drop("employments-1.csv", header + first + "J2,2025-01-02T00:00:00Z,P1,2024-03-01,Senior AE\n");
        var id = await platform.ConnectFolderAsync(Mapping);
        platform.Drop("employments-1.csv", header + first);
        (await platform.PostAsync($"/v1/connections/{id}/backfill")).Expect(200);

        await Until.TrueAsync(async () => await platform.ListAsync($"/v1/connections/{id}/runs") is [var run, _] && run.Text("status") == "complete", seconds: 20);

        var row = Assert.Single(await platform.ListAsync($"/v1/connections/{id}/rows"));
        Assert.Equal("J2 rejected employment_removed", $"{row.Text("key")} {row.Text("status")} {row.GetProperty("errors")[0].Text("code")}");
    }

    [Fact]
    public async Task Owners_of_deals_are_recognised_by_their_address_and_never_by_a_number_that_is_somebody_elses()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/reps/hris/77", """{"name":"Zoe","email":"zoe@acme.example","plan":"ae"}""")).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E7", """{"name":"Yan","email":"Yan@acme.example","plan":"ae"}""")).Expect(201);
        platform.Drop("people-1.csv", "id,name,email\n77,Yan,yan@ACME.example\n78,Gone,gone@acme.example\n");
        platform.Drop("opportunities-1.csv", """
            id,updated_at,name,amount,currency,status,close_date,owner
            D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,77
            D2,2025-01-05T10:00:00Z,Two,500,USD,won,2025-01-05,78
            """);

        var id = await platform.ConnectFolderAsync();

        Assert.Contains("credited 400.00", await platform.LiveAsync("E7", "2025-01"));
        var row = Assert.Single(await platform.ListAsync($"/v1/connections/{id}/rows"));
        Assert.Equal("There is no rep 'gone@acme.example'.", row.GetProperty("errors")[0].Text("detail"));
        Assert.DoesNotContain(await platform.ListAsync("/v1/reps"), r => r.Text("source") == "crm2");
    }

    [Fact]
    public async Task An_older_record_of_somebody_in_the_directory_does_not_win_over_a_newer_one()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/reps/hris/E7", """{"name":"Yan","email":"yan@acme.example","plan":"ae"}""")).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E8", """{"name":"Old","email":"old@acme.example","plan":"ae"}""")).Expect(201);
        platform.Drop("people-1.csv", "id,updated_at,name,email\n77,2025-01-04T00:00:00Z,Yan,yan@acme.example\n");
        var id = await platform.ConnectFolderAsync();
        platform.Drop("people-2.csv", "id,updated_at,name,email\n77,2025-01-03T00:00:00Z,Old,old@acme.example\n");
        platform.Drop("opportunities-1.csv", "id,updated_at,name,amount,currency,status,close_date,owner\nD1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,77\n");

        Assert.Equal("read 2, created 1, unchanged 1", (await platform.RunAsync(id)).Rows());

        Assert.Contains("credited 400.00", await platform.LiveAsync("E7", "2025-01"));
    }

    [Fact]
    public async Task Who_is_gone_from_the_directory_or_has_no_address_is_never_taken_for_a_rep_with_the_same_number()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        foreach (var no in (string[])["77", "78", "79"])
        {
            (await platform.PutAsync($"/v1/reps/hris/{no}", $$"""{"name":"Somebody else","email":"else{{no}}@acme.example","plan":"ae"}""")).Expect(201);
        }
        (await platform.PutAsync("/v1/reps/hris/E7", """{"name":"Yan","email":"yan@acme.example","plan":"ae"}""")).Expect(201);
        platform.Drop("people-1.csv", "id,name,email\n77,Yan,yan@acme.example\n78,Nobody,\n");
        platform.Drop("people-2.csv", "id,deleted\n77,true\n79,true\n");
        platform.Drop("opportunities-1.csv", """
            id,updated_at,name,amount,currency,status,close_date,owner
            D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,77
            D2,2025-01-05T10:00:00Z,Two,500,USD,won,2025-01-05,78
            D3,2025-01-05T10:00:00Z,Three,600,USD,won,2025-01-05,79
            """);
        var id = await platform.ConnectFolderAsync();

        await platform.RunAsync(id, "backfill");

        Assert.Contains("credited 400.00", await platform.LiveAsync("E7", "2025-01"));
        Assert.Equal(
            ["D2 There is no rep '78 (no e-mail address)'.", "D3 There is no rep '79 (no e-mail address)'."],
            (await platform.ListAsync($"/v1/connections/{id}/rows")).Select(r => $"{r.Text("key")} {r.GetProperty("errors")[0].Text("detail")}"));
    }
}
