using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
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
            : new IdempotencyKey(http.Caller().Tenant, http.Caller().Credential, $"{http.Request.Method} {http.Request.Path}", key);
    }
}

/// <summary>
/// The answers that were given under an Idempotency-Key, to be given again to the same request; another body under the same key is
/// refused. Of requests with the same key one runs at a time.
/// </summary>
public sealed class IdempotentAnswers(SpmStore store, TimeProvider clock)
{
    public const string ReplayedHeader = "Idempotent-Replayed";

    private readonly ConcurrentDictionary<IdempotencyKey, byte> _running = new();

    /// <summary>False when a request with this key has not been answered yet. Whoever enters, leaves.</summary>
    public bool TryEnter(IdempotencyKey key) => _running.TryAdd(key, 0);

    public void Leave(IdempotencyKey key) => _running.TryRemove(key, out _);

    /// <summary>The answer to a request whose key was used before, or null when it is new.</summary>
    public IResult? Answered(IdempotencyKey key, byte[] requestHash) => Find(key) is not { } kept ? null
        : kept.Hash.AsSpan().SequenceEqual(requestHash) ? kept
        : Answer.Problem(new Error(ErrorCodes.IdempotencyKeyReused, "The first request with this key had another body."));

    public static IResult InUse() => Answer.Problem(new Error(ErrorCodes.IdempotencyKeyInUse, "Wait for the first request's answer."));

    /// <summary>Call inside a write: best the one that does what the request asked for.</summary>
    public void Keep(SqlSession session, IdempotencyKey key, byte[] requestHash, int status, IReadOnlyDictionary<string, string> headers, byte[] body) => session.Execute(
        "insert into idempotency (tenant, credential, route, key, request_hash, status, headers, body, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        key.Tenant, key.Credential, key.Route, key.Key, requestHash, status, JsonSerializer.Serialize(headers), body, clock.GetUtcNow().ToUnixTimeMilliseconds());

    private KeptAnswer? Find(IdempotencyKey key) => store.Read(s => s.First(
        "select request_hash, status, headers, body from idempotency where tenant = $1 and credential = $2 and route = $3 and key = $4",
        r => new KeptAnswer((byte[])r[0], r.GetInt32(1), r.GetString(2), (byte[])r[3]),
        key.Tenant,
        key.Credential,
        key.Route,
        key.Key));

    private sealed record KeptAnswer(byte[] Hash, int Status, string Headers, byte[] Body) : IResult
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
}
