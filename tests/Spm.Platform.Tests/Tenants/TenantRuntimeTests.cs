using Spm.Platform.Companies;
using Spm.Platform.Tenants;

namespace Spm.Platform.Tests.Tenants;

public sealed class TenantRuntimeTests
{
    [Fact]
    public void A_rep_that_is_being_created_is_settled_only_once_the_company_knows_it()
    {
        var tenant = new TenantRuntime(1, "default", new Company { Tenant = 1, TenantId = "default" });
        tenant.MarkUnsettled(0);

        Assert.Empty(tenant.TakeUnsettled());
        Assert.True(tenant.HasUnsettled);
    }
}
