using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Http;

/// <summary>An Idempotency-Key as it was sent: keys belong to the tenant, the credential and the route.</summary>
public sealed record IdempotencyKey(int Tenant, string Credential, string Route, string Key)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Null when the request has none.</summary>
    public static Result<IdempotencyKey?> Of(HttpContext http)
    {
        var key = http.Request.Headers[Header].ToString();
        return key.Length == 0 ? (IdempotencyKey?)null
            : key.Length > Limits.IdLength ? Error.Of(Header, ErrorCodes.ParameterInvalid, $"A key has at most {Limits.IdLength} characters.")
            : new IdempotencyKey(http.Caller().Tenant, http.Caller().Credential, $"{http.Request.Method} {RouteOf(http)}", key);
    }

    /// <summary>The address as the route spells it, with the values that were sent: letters of another case and a slash at the end lead to the same one.</summary>
    private static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern is not { } pattern ? http.Request.Path.Value ?? ""
        : string.Concat(pattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => http.GetRouteValue(parameter.Name)?.ToString(),
            _ => "",
        }))));
}

/// <summary>
/// The answers that were given under an Idempotency-Key, to be given again to the same request; another body under the same key is
/// refused. Of requests with the same key one runs at a time.
/// </summary>
public sealed partial class IdempotentAnswers(SpmStore store, RecordClock clock, ILogger<IdempotentAnswers> log)
{
    /// <summary>A client that retries later than this starts anew.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>Each answer that is kept has so many others looked at: all of them in turn, without a pause for everybody else.</summary>
    private const int SweptAtOnce = 16;

    public const string ReplayedHeader = "Idempotent-Replayed";

    private static readonly IdempotencyKey Start = new(int.MinValue, "", "", "");

    private readonly ConcurrentDictionary<IdempotencyKey, byte> _running = new();

    // The store's writer thread alone reads and writes it.
    private IdempotencyKey _swept = Start;

    /// <summary>False when a request with this key has not been answered yet. Whoever enters, leaves.</summary>
    public bool TryEnter(IdempotencyKey key) => _running.TryAdd(key, 0);

    public void Leave(IdempotencyKey key) => _running.TryRemove(key, out _);

    public static Error StillRunning { get; } = new(ErrorCodes.IdempotencyKeyInUse, "Wait for the first request's answer.");

    public static Error OtherBody { get; } = new(ErrorCodes.IdempotencyKeyReused, "The first request with this key had another body.");

    /// <summary>The answer to a request whose key was used before, or null when it is new.</summary>
    public IResult? Answered(IdempotencyKey key, byte[] requestHash) => Kept(key) is not { } kept ? null
        : kept.Hash.AsSpan().SequenceEqual(requestHash) ? kept
        : Answer.Problem(OtherBody);

    public static IResult InUse() => Answer.Problem(StillRunning);

    /// <summary>Call inside a write: best the one that does what the request asked for.</summary>
    public void Keep(SqlSession session, IdempotencyKey key, byte[] requestHash, int status, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        var now = clock.GetUtcNow();
        session.Execute(
            "insert into idempotency (tenant, credential, route, key, request_hash, status, headers, body, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
            key.Tenant, key.Credential, key.Route, key.Key, requestHash, status, JsonSerializer.Serialize(headers), body, now.ToUnixTimeMilliseconds());
        Sweep(session, (now - KeptFor).ToUnixTimeMilliseconds());
    }

    /// <summary>
    /// Keeps the answer to work that is committed already. Where the disk has no room for it, it is given without being kept: what was asked for is done, and
    /// the same request does it again to the same end.
    /// </summary>
    public async Task KeepAsync(IdempotencyKey key, byte[] requestHash, int status, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        try
        {
            await store.Writer.WriteAsync(s => Keep(s, key, requestHash, status, headers, body), Durability.Derived);
        }
        catch (Exception failure) when (DiskFull.Is(failure))
        {
            NotKept(log, key.Route, failure.Message);
        }
    }

    /// <summary>Forgets the answers among the next ones that were given before that instant.</summary>
    private void Sweep(SqlSession session, long before)
    {
        var next = session.Query(
            "select tenant, credential, route, key, created_at from idempotency where (tenant, credential, route, key) > ($1, $2, $3, $4) order by tenant, credential, route, key limit $5",
            r => (Key: new IdempotencyKey(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3)), At: r.GetInt64(4)),
            _swept.Tenant, _swept.Credential, _swept.Route, _swept.Key, SweptAtOnce);
        foreach (var (old, _) in next.Where(n => n.At < before))
        {
            session.Execute(
                "delete from idempotency where tenant = $1 and credential = $2 and route = $3 and key = $4", old.Tenant, old.Credential, old.Route, old.Key);
        }
        _swept = next.Count < SweptAtOnce ? Start : next[^1].Key;
    }

    /// <summary>What the first request with the key was answered; null when there was none.</summary>
    internal KeptAnswer? Kept(IdempotencyKey key) => store.Read(s => s.First(
        "select request_hash, status, headers, body from idempotency where tenant = $1 and credential = $2 and route = $3 and key = $4",
        r => new KeptAnswer((byte[])r[0], r.GetInt32(1), r.GetString(2), (byte[])r[3]),
        key.Tenant,
        key.Credential,
        key.Route,
        key.Key));

    internal sealed record KeptAnswer(byte[] Hash, int Status, string Headers, byte[] Body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(Headers)!)
            {
                httpContext.Response.Headers[name] = value;
            }
            httpContext.Response.Headers[ReplayedHeader] = "true";
            await httpContext.Response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }

    [LoggerMessage(LogLevel.Critical, "The disk is full: the answer to {Route} was given without being kept under its key. {Detail}")]
    private static partial void NotKept(ILogger log, string route, string detail);
}
