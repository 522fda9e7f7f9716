using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Net.Http.Headers;
using Spm.Platform.Graph;

namespace Spm.Host;

/// <summary>
/// The explorer: a page for people at the address of GraphQL. It comes from this host alone and asks nobody else; what it asks for goes through the
/// same door as everybody's requests.
/// </summary>
internal sealed class ExplorerMiddleware(RequestDelegate next)
{
    private const string Files = GraphQLFace.Path + "/explorer";
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, (string Type, byte[] Content)> Pages = new Dictionary<string, (string, byte[])>
    {
        [GraphQLFace.Path] = ("text/html; charset=utf-8", Read("index.html")),
        [$"{Files}/explorer.css"] = ("text/css; charset=utf-8", Read("explorer.css")),
        [$"{Files}/explorer.js"] = ("text/javascript; charset=utf-8", Read("explorer.js")),
        [$"{Files}/complete.js"] = ("text/javascript; charset=utf-8", Read("complete.js")),
        [$"{Files}/docs.js"] = ("text/javascript; charset=utf-8", Read("docs.js")),
        [$"{Files}/schema.js"] = ("text/javascript; charset=utf-8", Read("schema.js")),
        [$"{Files}/socket.js"] = ("text/javascript; charset=utf-8", Read("socket.js")),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || !Pages.TryGetValue(http.Request.Path.Value ?? "", out var page) || (http.Request.Path.Value!.Length == GraphQLFace.Path.Length && !IsBrowser(http)))
        {
            await next(http);
            return;
        }
        var headers = http.Response.Headers;
        headers.ContentType = page.Type;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.Accept;
        http.Response.ContentLength = page.Content.Length;
        await http.Response.Body.WriteAsync(page.Content, http.RequestAborted);
    }

    /// <summary>Asks for a page, and not for the answer to a query.</summary>
    private static bool IsBrowser(HttpContext http) =>
        !http.WebSockets.IsWebSocketRequest && !http.Request.QueryString.HasValue
        && http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Spm.Host.Explorer.{name}") ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
