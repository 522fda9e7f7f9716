using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Spm.GraphQL.Http;

/// <summary>The services of a request over HTTP. Its scope is made when a resolver wants the first one: it costs more than many an answer.</summary>
internal sealed class RequestServices(HttpContext context) : IKeyedServiceProvider
{
    private readonly Lock _gate = new();
    private HttpContext? _context = context;
    private IServiceProvider? _services;

    private IServiceProvider Services
    {
        get
        {
            if (_services is { } known)
            {
                return known;
            }
            lock (_gate)
            {
                return _services ??= _context?.RequestServices ?? throw new ObjectDisposedException(nameof(IServiceProvider), "The request has been answered.");
            }
        }
    }

    public object? GetService(Type serviceType) => Services.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) =>
        Services is IKeyedServiceProvider keyed ? keyed.GetKeyedService(serviceType, serviceKey) : null;

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => Services.GetRequiredKeyedService(serviceType, serviceKey);

    /// <summary>A resolver that still runs must not get the services of whoever has the context next.</summary>
    public void End()
    {
        lock (_gate)
        {
            _context = null;
        }
    }
}
