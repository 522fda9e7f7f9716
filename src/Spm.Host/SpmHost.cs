using Microsoft.AspNetCore.Server.Kestrel.Core;
using Orleans.Hosting;
using Spm.Platform;
using Spm.Platform.Http;
using Spm.Platform.Imports;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Host;

/// <summary>The composition root: puts store, grains, slices and web server together.</summary>
public static class SpmHost
{
    /// <summary>
    /// Builds the platform without starting it. Configuration: <c>Urls</c>, <c>Spm:Data</c> (the folder of the embedded store) and
    /// <c>Spm:Bootstrap:ApiKey</c> (the key of the first tenant, made up and printed when left out).
    /// </summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = HostSettings.Read(builder.Configuration);
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(Limit);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => SpmStore.Open(Path.Combine(settings.Data, "spm.db")));
        builder.Services.AddSingleton(new ImportFiles(Path.Combine(settings.Data, "imports")));
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        // Hosted services start in this order: grains must answer before anything calls them.
        builder.UseOrleans(silo => silo.ConfigureInProcess(o => o.AddGrainAssembly(typeof(PlatformAssembly).Assembly)));
        builder.Services.AddHostedService<Bootstrap>();
        builder.Services.AddPlatform();
        builder.Services.AddSpmOpenApi();
        configure?.Invoke(builder);
        return Map(builder.Build());
    }

    private static WebApplication Map(WebApplication app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.UseRouting();
        app.UseMiddleware<QueryMiddleware>();
        foreach (var endpoints in app.Services.GetServices<IEndpoints>())
        {
            endpoints.Map(app);
        }
        app.MapSpmOpenApi();
        app.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", (SpmStore store) => Results.Text(store.Read(s => s.Long("select 1")) == 1 ? "ready" : "not ready")).ExcludeFromDescription();
        app.MapGet("/", () => Results.Redirect("/swagger")).ExcludeFromDescription();
        return app;
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Limits.BodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
    }
}
