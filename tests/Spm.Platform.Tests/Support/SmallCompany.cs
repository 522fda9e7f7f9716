namespace Spm.Platform.Tests.Support;

/// <summary>
/// A company one can keep in one's head: fiscal year 2025 by calendar months, measure `bookings`, plan `ae` paying 5 % to quota and 10 %
/// above it on year-to-date attainment, plan `mgr` paying 1 % on roll-up, manager M1 over E1 and E2, monthly quotas of 1,000 (M1: 2,000).
/// </summary>
public static class SmallCompany
{
    public static async Task CreateAsync(TestPlatform platform)
    {
        (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""")).Expect(200);
        (await platform.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""")).Expect(200);
        (await platform.PutAsync("/v1/measures/crm/bookings", """{"name":"Bookings","value":"amount","kinds":["order","refund"]}""")).Expect(201);
        (await platform.PutAsync("/v1/plans/crm/ae", Plan("AE", "direct", """{"from":"0","to":"100","rate":"5"},{"from":"100","rate":"10"}"""))).Expect(201);
        (await platform.PutAsync("/v1/plans/crm/mgr", Plan("Manager", "roll_up", """{"from":"0","rate":"1"}"""))).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/M1", """{"name":"Mia","title":"Manager","plan":"mgr"}""")).Expect(201);
        foreach (var rep in new[] { "E1", "E2" })
        {
            (await platform.PutAsync($"/v1/reps/hris/{rep}", $$"""{"name":"Rep {{rep}}","title":"AE","manager":"M1","plan":"ae"}""")).Expect(201);
        }
        for (var month = 1; month <= 12; month++)
        {
            foreach (var (rep, amount) in new[] { ("E1", 1000), ("E2", 1000), ("M1", 2000) })
            {
                (await platform.PutAsync("/v1/quotas", $$"""{"rep":"{{rep}}","measure":"bookings","period":"2025-{{month:00}}","amount":"{{amount}}"}""")).Expect(201);
            }
        }
    }

    public static string Order(string id, string rep, string date, string amount, int version = 1, string kind = "order") =>
        $$"""{"source":"crm","external_id":"{{id}}","version":{{version}},"kind":"{{kind}}","date":"{{date}}","amount":"{{amount}}","currency":"USD","rep":"{{rep}}"}""";

    /// <summary>A plan document of one version from 2025 on, paid on bookings and deals.</summary>
    public static string Document(string plan, string components, string more = "") =>
        $$$"""{"plan":"{{{plan}}}","currency":"USD","versions":[{"effective_from":"2025-01-01","measures":[{"id":"bookings","value":"amount","kinds":["order","refund"]},{"id":"deals","unit":"count","value":"if(kind = 'refund', -share, share)","kinds":["order"]}],"components":[{{{components}}}]}]{{{more}}}}""";

    private static string Plan(string name, string credits, string tiers) => Document(
        name,
        $$$"""{"id":"b","name":"{{{name}}} commission","measure":"bookings","credits":["{{{credits}}}"],"attainment_period":"year","quota":"to_date","rate_table":{"mode":"step","tiers":[{{{tiers}}}]}}""");
}
