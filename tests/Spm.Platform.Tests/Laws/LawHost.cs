using Spm.Platform.Credentials;
using Spm.Platform.Tenants;
using Spm.Platform.Tests.Laws;
using Spm.Platform.Tests.Support;

[assembly: AssemblyFixture(typeof(LawHost))]

namespace Spm.Platform.Tests.Laws;

/// <summary>
/// One running platform for all laws, with a new tenant for every history: a thousand tenants cost less than a thousand platforms,
/// and what one tenant does must not show in another.
/// </summary>
public sealed class LawHost : IAsyncDisposable
{
    private readonly Lazy<Task<TestPlatform>> _platform = new(() => TestPlatform.StartAsync());
    private int _tenants;

    internal async Task<LawTenant> TenantAsync()
    {
        var platform = await _platform.Value;
        var name = $"law{Interlocked.Increment(ref _tenants)}";
        var key = ApiKeys.New();
        await platform.Service<ApiKeys>().AddAsync(await platform.Service<TenantDirectory>().CreateAsync(name, name), name, key, "*");
        return new LawTenant(platform.Http.BaseAddress!, key);
    }

    /// <summary>A tenant with a company's reference data.</summary>
    internal async Task<LawTenant> TenantAsync(LawCompany company)
    {
        var tenant = await TenantAsync();
        await tenant.SetUpAsync(company);
        return tenant;
    }

    public async ValueTask DisposeAsync()
    {
        if (_platform.IsValueCreated)
        {
            await (await _platform.Value).DisposeAsync();
        }
    }
}
