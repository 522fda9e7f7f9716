using Microsoft.AspNetCore.Server.Kestrel.Core;
using Spm.Host.Grains;
using Spm.Platform;
using Spm.Platform.Access;
using Spm.Platform.Credentials;
using Spm.Platform.Hosts;
using Spm.Platform.Http;
using Spm.Platform.Imports;
using Spm.Platform.Kernel;
using Spm.Platform.Webhooks;
using Spm.Storage;

namespace Spm.Host;

/// <summary>The composition root: puts store, grains, slices and web server together.</summary>
public static class SpmHost
{
    /// <summary>
    /// Builds the platform without starting it. Configuration: <c>Urls</c>, <c>Spm:Data</c> (the folder of imports and of the embedded store),
    /// <c>Spm:Store</c> (a connection string where it is PostgreSQL) and <c>Spm:Bootstrap:ApiKey</c> (the key of the first tenant, made up and printed when left out).
    /// </summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Settings are read once: nobody watches their file.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"], ContentRootPath = AppContext.BaseDirectory });
        var settings = HostSettings.Read(builder.Configuration, builder.Environment.IsDevelopment());
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(Limit).UseKestrelHttpsConfiguration();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.AddObservability(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(ApiVersions.Known);
        builder.Services.AddSingleton(_ => SpmStore.Open(settings.Store));
        builder.Services.AddSingleton(new WebhookTargets(settings.LoopbackWebhooks));
        builder.Services.AddSingleton(new ImportFiles(Path.Combine(settings.Data, "imports")));
        builder.Services.AddSingleton(settings.Connectors);
        AddCredentials(builder.Services, settings);
        // Also on a developer's machine a part of the address that cannot be read is refused as such.
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = false);
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        // Hosted services start in this order, and stop in the reverse one: grains must answer before anything calls them, and are gone before their tenants are given back.
        builder.Services.AddHostedService<HostDeparture>();
        builder.AddGrains(settings);
        builder.Services.AddHostedService<Bootstrap>();
        builder.Services.AddPlatform();
        builder.Services.AddHostedService<HostAnnouncement>();
        builder.Services.AddSpmOpenApi();
        configure?.Invoke(builder);
        return Map(builder.Build());
    }

    private static void AddCredentials(IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton(new OperatorKey(settings.OperatorApiKey));
        services.AddSingleton(new FourEyes(settings.FourEyesAlways));
        services.AddSingleton(settings.Tokens);
        services.AddSingleton(settings.RateLimits);
        services.AddSingleton(settings.Documents);
        services.AddSingleton(settings.Proofs);
        if (settings.Tokens.Authority is not null)
        {
            // Not followed: keys come from the address that is configured, not from where it points.
            services.AddSingleton(s => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            {
                Timeout = TimeSpan.FromSeconds(10),
                MaxResponseContentBufferSize = DiscoveredIssuer.MaxDocument,
            });
            services.AddSingleton<ITokenIssuer, DiscoveredIssuer>();
        }
        if (settings.DevIssuer)
        {
            services.AddSingleton<DevIssuer>();
            services.AddSingleton<ITokenIssuer>(s => s.GetRequiredService<DevIssuer>());
        }
    }

    private static WebApplication Map(WebApplication app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        // A socket begins with GET, or with CONNECT; nobody else pays for looking whether they want one.
        app.UseWhen(http => !HttpMethods.IsPost(http.Request.Method), sockets => sockets.UseWebSockets());
        app.UseMiddleware<ExplorerMiddleware>();
        app.UseRouting();
        app.UseMiddleware<VersionMiddleware>();
        app.UseMiddleware<AuthenticationMiddleware>();
        app.UseMiddleware<ScopeMiddleware>();
        app.UseMiddleware<RequestVersionMiddleware>();
        app.UseMiddleware<TenantHostMiddleware>();
        app.UseMiddleware<QueryMiddleware>();
        foreach (var endpoints in app.Services.GetServices<IEndpoints>())
        {
            endpoints.Map(app);
        }
        app.MapSpmOpenApi();
        app.MapAuth();
        app.MapObservability();
        app.MapGet("/", () => Results.Redirect("/swagger")).ExcludeFromDescription();
        return app;
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Limits.BodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = Limits.HeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = Limits.HeaderCount;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(Limits.HeaderSeconds);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(Limits.BodyBytesPerSecond, TimeSpan.FromSeconds(5));
        kestrel.Limits.MaxConcurrentConnections = Limits.Connections;
    }
}
