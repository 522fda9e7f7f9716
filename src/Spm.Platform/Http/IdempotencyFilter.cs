using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Http;

/// <summary>
/// Idempotency-Key: the answer to the first request is kept and given again to the same request. Failures of the platform are not
/// kept, so that they can be retried; refusals are. Commands are idempotent by their own keys besides, so a crash between a command
/// and the keeping of its answer repeats no payment.
/// </summary>
public sealed class IdempotencyFilter(IdempotentAnswers answers, SpmStore store, RecordClock clock) : IEndpointFilter
{
    public const string Header = IdempotencyKey.Header;

    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag", ApiVersions.Header];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var sent = IdempotencyKey.Of(context.HttpContext);
        if (!sent.IsOk)
        {
            return Answer.Problem(sent.Error!);
        }
        if (sent.Value is not { } key)
        {
            return await next(context);
        }
        var hash = await HashAsync(context.HttpContext);
        if (!answers.TryEnter(key))
        {
            return IdempotentAnswers.InUse();
        }
        try
        {
            if (answers.Answered(key, hash) is { } answered)
            {
                await NoteAsync(context.HttpContext);
                return answered;
            }
            await AnswerAndKeepAsync(context, next, key, hash);
            return Results.Empty;
        }
        finally
        {
            answers.Leave(key);
        }
    }

    /// <summary>What payroll is given again it has read again: it is in the audit trail before it is answered.</summary>
    private async Task NoteAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<OperationScope>()?.Scope == Scopes.PayrollPull)
        {
            var (id, operation) = (http.GetRouteValue("id") as string ?? "", metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName);
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            await store.Writer.WriteAsync(s => AuditTable.Append(s, http.Caller(), "payout_batch.replay", id, null, new { Operation = operation }, now));
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

    private async Task AnswerAndKeepAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, IdempotencyKey key, byte[] hash)
    {
        var http = context.HttpContext;
        // Who hangs up has asked all the same, and asks again with the key: what was done for them is answered and kept to the end.
        var hungUp = http.RequestAborted;
        http.RequestAborted = CancellationToken.None;
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
            http.RequestAborted = hungUp;
        }
        if (http.Response.StatusCode < 500)
        {
            var headers = KeptHeaders.Where(http.Response.Headers.ContainsKey).ToDictionary(h => h, h => http.Response.Headers[h].ToString());
            var (status, bytes) = (http.Response.StatusCode, body.ToArray());
            await answers.KeepAsync(key, hash, status, headers, bytes);
        }
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }
}
