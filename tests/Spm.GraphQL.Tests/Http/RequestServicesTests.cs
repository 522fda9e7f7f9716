using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Spm.GraphQL.Http;

namespace Spm.GraphQL.Tests.Http;

public class RequestServicesTests
{
    private readonly CountingProvider _provider = new();

    [Fact]
    public void The_scope_of_a_request_is_asked_for_once_and_only_when_a_resolver_wants_a_service()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IServiceProvidersFeature>(_provider);
        var services = new RequestServices(context);
        Assert.Equal(0, _provider.Asked);

        Assert.Equal("a service", services.GetRequiredService<string>());
        Assert.Equal("under a key", services.GetRequiredKeyedService<string>("key"));
        Assert.Equal("under a key", services.GetKeyedService<string>("key"));

        Assert.Equal(1, _provider.Asked);
    }

    [Fact]
    public void What_runs_on_behind_its_request_gets_none_of_the_services_of_the_next()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IServiceProvidersFeature>(_provider);
        var services = new RequestServices(context);

        services.End();

        Assert.Throws<ObjectDisposedException>(() => services.GetService(typeof(string)));
        Assert.Equal(0, _provider.Asked);
    }

    private sealed class CountingProvider : IServiceProvidersFeature
    {
        private readonly IServiceProvider _services = new ServiceCollection().AddSingleton("a service").AddKeyedSingleton("key", "under a key").BuildServiceProvider();

        public int Asked { get; private set; }

        public IServiceProvider RequestServices
        {
            get
            {
                Asked++;
                return _services;
            }
            set => throw new NotSupportedException();
        }
    }
}
