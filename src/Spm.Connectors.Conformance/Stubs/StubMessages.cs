using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Spm.Connectors.Conformance.Stubs;

/// <summary>What a rule waits for. A path may end in <c>/*</c>; parameters of the query that are not named may be there.</summary>
public sealed record Request(string Method, string Path)
{
    private readonly List<Func<StubRequest, bool>> _conditions = [];

    public static Request Get(string path) => new("GET", path);

    public static Request Post(string path) => new("POST", path);

    public static Request Put(string path) => new("PUT", path);

    public static Request Delete(string path) => new("DELETE", path);

    public Request WithQuery(string name, string value) => Where(r => r.Query(name) == value);

    public Request WithHeader(string name, string value) => Where(r => r.Header(name) == value);

    public Request Where(Func<StubRequest, bool> condition)
    {
        _conditions.Add(condition);
        return this;
    }

    internal bool Fits(StubRequest request) =>
        request.Method == Method
        && (Path.EndsWith("/*", StringComparison.Ordinal) ? request.Path.StartsWith(Path[..^1], StringComparison.Ordinal) : request.Path == Path)
        && _conditions.TrueForAll(c => c(request));
}

/// <summary>A request as it came.</summary>
public sealed class StubRequest
{
    private readonly Dictionary<string, string> _query;
    private readonly Dictionary<string, string> _headers;

    private StubRequest(HttpRequest request, string body)
    {
        Method = request.Method;
        Path = request.Path;
        Body = body;
        _query = QueryHelpers.ParseQuery(request.QueryString.Value).ToDictionary(q => q.Key, q => q.Value.ToString());
        _headers = request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    public string Method { get; }

    public string Path { get; }

    public string Body { get; }

    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    public string? Query(string name) => _query.GetValueOrDefault(name);

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>Whether a text stands in it anywhere, as it is or URL-escaped.</summary>
    public bool Mentions(string text) =>
        _headers.Values.Concat(_query.Values).Append(Body).Any(t => t.Contains(text, StringComparison.Ordinal) || t.Contains(Uri.EscapeDataString(text), StringComparison.Ordinal));

    internal static async Task<StubRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return new StubRequest(request, await reader.ReadToEndAsync().ConfigureAwait(false));
    }
}

/// <summary>An answer.</summary>
public sealed record Response(int StatusCode, string? Body, string ContentType = "application/json")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Response Status(int status, string? body = null) => new(status, body, "text/plain");

    public static Response Json(string json, int status = 200) => new(status, json);

    public static Response Json<T>(T value, int status = 200) => new(status, JsonSerializer.Serialize(value, JsonSerializerOptions.Web));

    internal async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = StatusCode;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }
        if (Body is not null)
        {
            response.ContentType = ContentType;
            await response.WriteAsync(Body).ConfigureAwait(false);
        }
    }
}
