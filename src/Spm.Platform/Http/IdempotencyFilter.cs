using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Http;

/// <summary>
/// Idempotency-Key: the answer to the first request is kept and given again to the same request; another body under the same key is
/// refused. Keys belong to the tenant, the credential and the route. Failures of the platform are not kept, so that they can be
/// retried; refusals are. Commands are idempotent by their own keys besides, so a crash between a command and the keeping of its
/// answer repeats no payment.
/// </summary>
public sealed class IdempotencyFilter(SpmStore store, TimeProvider clock) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotent-Replayed";

    private static readonly ConcurrentDictionary<(string, string, string), byte> Running = new();
    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers[Header].ToString() is not { Length: > 0 } key)
        {
            return await next(context);
        }
        if (key.Length > Limits.IdLength)
        {
            return Answer.Problem(Error.Of("Idempotency-Key", ErrorCodes.ParameterInvalid, $"A key has at most {Limits.IdLength} characters."));
        }
        var caller = http.Caller();
        var route = $"{http.Request.Method} {http.Request.Path}";
        var hash = await HashAsync(http);
        if (!Running.TryAdd((caller.Credential, route, key), 0))
        {
            return Answer.Problem(new Error(ErrorCodes.IdempotencyKeyInUse, "Wait for the first request's answer."));
        }
        try
        {
            if (Find(caller, route, key) is { } kept)
            {
                return kept.Hash.AsSpan().SequenceEqual(hash)
                    ? kept
                    : Answer.Problem(new Error(ErrorCodes.IdempotencyKeyReused, "The first request with this key had another body."));
            }
            await AnswerAndKeepAsync(context, next, caller, route, key, hash);
            return Results.Empty;
        }
        finally
        {
            Running.TryRemove((caller.Credential, route, key), out _);
        }
    }

    private static async Task<byte[]> HashAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(System.Text.Encoding.UTF8.GetBytes(http.Request.QueryString.Value ?? ""));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            sha.AppendData(buffer, 0, read);
        }
        http.Request.Body.Position = 0;
        return sha.GetHashAndReset();
    }

    private async Task AnswerAndKeepAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, Caller caller, string route, string key, byte[] hash)
    {
        var http = context.HttpContext;
        var original = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, original));
        try
        {
            var result = await next(context);
            if (result is IResult answer)
            {
                await answer.ExecuteAsync(http);
            }
            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            http.Features.Set(original);
        }
        if (http.Response.StatusCode < 500)
        {
            var headers = JsonSerializer.Serialize(KeptHeaders.Where(http.Response.Headers.ContainsKey).ToDictionary(h => h, h => http.Response.Headers[h].ToString()));
            var (status, bytes, now) = (http.Response.StatusCode, body.ToArray(), clock.GetUtcNow().ToUnixTimeMilliseconds());
            await store.Writer.WriteAsync(
                s => s.Execute(
                    "insert into idempotency (tenant, credential, route, key, request_hash, status, headers, body, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
                    caller.Tenant, caller.Credential, route, key, hash, status, headers, bytes, now),
                Durability.Derived);
        }
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }

    private KeptAnswer? Find(Caller caller, string route, string key) => store.Read(s => s.First(
        "select request_hash, status, headers, body from idempotency where tenant = $1 and credential = $2 and route = $3 and key = $4",
        r => new KeptAnswer((byte[])r[0], r.GetInt32(1), r.GetString(2), (byte[])r[3]),
        caller.Tenant,
        caller.Credential,
        route,
        key));

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
