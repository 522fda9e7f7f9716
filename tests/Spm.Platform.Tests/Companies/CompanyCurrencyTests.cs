using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Companies;

public sealed class CompanyCurrencyTests
{
    [Fact]
    public async Task A_company_keeps_its_currency_from_the_first_plan_on()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"EUR"}""")).Expect(200);
        (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""")).Expect(200);
        (await platform.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""")).Expect(200);
        (await platform.PutAsync("/v1/plans/crm/ae", SmallCompany.Document("ae", """{"id":"b","measure":"bookings","rate":10}"""))).Expect(201);

        // 10 % of 1,000 JPY by a plan that thinks in cents would be paid a hundred times.
        Assert.Equal("currency_in_use", (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"JPY"}""")).Expect(409).Code);
        (await platform.PutAsync("/v1/company", """{"name":"Acme Inc","currency":"USD"}""")).Expect(200);
    }
}
