using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spm.Platform.AuditTrail;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Graph;

/// <summary>
/// `idempotencyKey` of a mutation: what the first request was answered is kept, in the same place as answers of REST, and given again to the same
/// request. Another input under the same key is refused. Failures of the platform are not kept, refusals are. A key belongs to its mutation.
/// </summary>
internal sealed class OnceOnly(IdempotentAnswers answers, SpmStore store, Call call, RecordClock clock)
{
    private static readonly JsonSerializerOptions Kept = new(Json.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithTags } } };

    /// <summary>Of work that is idempotent by itself: a crash between it and the keeping of its answer does no harm.</summary>
    /// <inheritdoc cref="RunAsync{TInput, TPayload}(string, string, string?, TInput, Func{Action{SqlSession, TPayload}?, Task{TPayload}}, Func{IReadOnlyList{UserError}, TPayload})"/>
    public Task<TPayload> RunAsync<TInput, TPayload>(
        string mutation, string scope, string? key, TInput input, Func<Task<TPayload>> run, Func<IReadOnlyList<UserError>, TPayload> refused) =>
        RunAsync(mutation, scope, key, input, _ => run(), refused);

    /// <param name="mutation">Its name in the schema.</param>
    /// <param name="scope">What was answered to somebody who might see it is not answered to who may not any more.</param>
    /// <param name="run">Is given what keeps the answer in the commit that does the work; null where there is no key.</param>
    public async Task<TPayload> RunAsync<TInput, TPayload>(
        string mutation, string scope, string? key, TInput input, Func<Action<SqlSession, TPayload>?, Task<TPayload>> run, Func<IReadOnlyList<UserError>, TPayload> refused)
    {
        if (call.Caller.Lacks(scope) is { } lacking)
        {
            throw Refusals.Of(lacking);
        }
        if (string.IsNullOrEmpty(key))
        {
            return await run(null);
        }
        if (key.Length > Limits.IdLength)
        {
            return refused(UserErrors.Of(Error.Of("idempotencyKey", ErrorCodes.ParameterInvalid, $"A key has at most {Limits.IdLength} characters.")));
        }
        var asked = new IdempotencyKey(call.Caller.Tenant, call.Caller.Credential, $"mutation {mutation}", key);
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input, Json.Options));
        if (!answers.TryEnter(asked))
        {
            return refused(UserErrors.Of(IdempotentAnswers.StillRunning));
        }
        try
        {
            if (answers.Kept(asked) is not { } kept)
            {
                var isKept = false;
                var answer = await run((session, done) =>
                {
                    answers.Keep(session, asked, hash, 200, FrozenDictionary<string, string>.Empty, Body(done));
                    isKept = true;
                });
                if (!isKept)
                {
                    await answers.KeepAsync(asked, hash, 200, FrozenDictionary<string, string>.Empty, Body(answer));
                }
                return answer;
            }
            if (!kept.Hash.AsSpan().SequenceEqual(hash))
            {
                return refused(UserErrors.Of(IdempotentAnswers.OtherBody));
            }
            await NoteAsync(mutation, scope);
            return JsonSerializer.Deserialize<TPayload>(kept.Body, Kept)!;
        }
        finally
        {
            answers.Leave(asked);
        }
    }

    private static byte[] Body<TPayload>(TPayload answer) => JsonSerializer.SerializeToUtf8Bytes(answer, Kept);

    /// <summary>What payroll is given again it has read again: it is in the audit trail before it is answered.</summary>
    private async Task NoteAsync(string mutation, string scope)
    {
        if (scope == Scopes.PayrollPull)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            await store.Writer.WriteAsync(s => AuditTable.Append(s, call.Caller, "payout_batch.replay", "", null, new { Operation = mutation }, now));
        }
    }

    /// <summary>Tags are no part of REST's bodies, where they stand in a header; here they are part of the answer.</summary>
    private static void WithTags(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.Type.GetProperty("ETag") is { CanWrite: true } tag)
        {
            var property = type.CreateJsonPropertyInfo(typeof(string), "etag");
            property.Get = tag.GetValue;
            property.Set = tag.SetValue;
            type.Properties.Add(property);
        }
    }
}
