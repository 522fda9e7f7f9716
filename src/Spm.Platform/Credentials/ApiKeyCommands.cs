using Spm.Platform.Access;
using Spm.Platform.AuditTrail;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Credentials;

/// <param name="Name">What the key is for, in the words of whoever makes it.</param>
/// <param name="Scopes">What it may do besides what its roles may.</param>
/// <param name="Roles">rep, manager, compensation_admin, finance, payroll, connector, auditor, tenant_admin.</param>
/// <param name="Rep">The rep who uses it, by id or external id: required with the roles rep and manager.</param>
/// <param name="ExpiresAt">From then on it opens nothing; never when left out.</param>
public sealed record ApiKeyInput(string Name, IReadOnlyList<string>? Scopes = null, IReadOnlyList<string>? Roles = null, string? Rep = null, DateTimeOffset? ExpiresAt = null);

/// <param name="OverlapSeconds">How long the old secret still opens, up to a week: 86400 when left out, 0 for not at all.</param>
public sealed record RotateInput(int? OverlapSeconds = null);

/// <summary>A key and its secret, which is not kept and shown this once.</summary>
public sealed record MadeKey(ApiKeyRow Row, string Secret);

/// <summary>Makes, rotates and revokes keys. Whoever may do so hands out any role: it is as good as holding them all, and it is audited.</summary>
public sealed class ApiKeyCommands(ApiKeys keys, TenantDirectory tenants, ApiVersions versions, SpmStore store, RecordClock clock)
{
    /// <summary>How long an old secret opens after a rotation when nobody says.</summary>
    public const int DefaultOverlap = 24 * 60 * 60;

    public async Task<Result<MadeKey>> CreateAsync(Caller caller, ApiKeyInput input)
    {
        if (caller.Lacks(Scopes.CredentialsWrite) is { } lacking)
        {
            return lacking;
        }
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (secret, rep) = (ApiKeys.New(), input.Rep is null ? default : tenants.Get(caller.Tenant).Company.Reps.Resolve(input.Rep, ""));
        if (Mistakes(input, rep.Found && !rep.Ambiguous, now) is { Count: > 0 } mistakes)
        {
            return Error.Of(mistakes);
        }
        var row = new ApiKeyRow(
            Ids.Random("key", 12), caller.Tenant, input.Name.Trim(), secret[..ApiKeys.ShownLength], [.. (input.Scopes ?? []).Distinct()], [.. (input.Roles ?? []).Distinct()],
            input.Rep is null ? null : tenants.Get(caller.Tenant).Company.Reps[rep.No].Id, caller.Credential, now, input.ExpiresAt?.ToUnixTimeMilliseconds(), null, null, null, versions.Newest);
        await store.Writer.WriteAsync(session =>
        {
            ApiKeyTable.Insert(session, row, ApiKeys.Hash(secret));
            AuditTable.Append(session, caller, "api_key.create", row.Id, null, ApiKeyView.Of(row, now), now);
        });
        return new MadeKey(row, secret);
    }

    /// <summary>A new secret for the same key. The old one opens until the overlap ends; one that an earlier rotation left is gone at once.</summary>
    public Task<Result<MadeKey>> RotateAsync(Caller caller, string id, int overlapSeconds)
    {
        if (overlapSeconds is < 0 or > Limits.MaxOverlapSeconds)
        {
            return Task.FromResult<Result<MadeKey>>(caller.Lacks(Scopes.CredentialsWrite)
                ?? Error.Of("overlap_seconds", ErrorCodes.FieldMalformed, $"Secrets overlap 0 to {Limits.MaxOverlapSeconds} seconds."));
        }
        var secret = ApiKeys.New();
        return ChangeAsync<MadeKey>(caller, id, "api_key.rotate", (session, row, now) =>
        {
            if (row.StatusAt(now) is var status and not "active")
            {
                return new Error(ErrorCodes.KeyNotActive, $"The key is {status}: make another one.");
            }
            ApiKeyTable.Rotate(session, row, ApiKeys.Hash(secret), secret[..ApiKeys.ShownLength], now + (overlapSeconds * 1000L));
            return new MadeKey(ApiKeyTable.Find(session, caller.Tenant, id)!, secret);
        }, made => made.Row);
    }

    /// <summary>At once and for good. Revoking a key again changes nothing.</summary>
    public Task<Result<ApiKeyRow>> RevokeAsync(Caller caller, string id) => ChangeAsync<ApiKeyRow>(caller, id, "api_key.revoke", (session, row, now) =>
    {
        if (row.RevokedAt is not null)
        {
            return row;
        }
        if (row.Id == caller.Credential && !ApiKeyTable.All(session, caller.Tenant).Exists(k => k.Id != row.Id && k.StatusAt(now) == "active" && MakesKeys(k)))
        {
            return new Error(ErrorCodes.LastCredential, "No other key of the tenant may make keys: make one first, and revoke this one with it.");
        }
        ApiKeyTable.Revoke(session, row, now);
        return ApiKeyTable.Find(session, caller.Tenant, id)!;
    }, row => row);

    private static bool MakesKeys(ApiKeyRow key) => Grants(key).Any(scope => scope is Scopes.All or Scopes.CredentialsWrite);

    private static IEnumerable<string> Grants(ApiKeyRow key) => key.Scopes.Concat(key.Roles.SelectMany(role => Roles.Find(role)?.Scopes ?? []));

    private async Task<Result<T>> ChangeAsync<T>(
        Caller caller, string id, string action, Func<SqlSession, ApiKeyRow, long, Result<T>> change, Func<T, ApiKeyRow> after)
    {
        if (caller.Lacks(Scopes.CredentialsWrite) is { } lacking)
        {
            return lacking;
        }
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var changed = await store.Writer.WriteAsync(session =>
        {
            if (ApiKeyTable.Find(session, caller.Tenant, id) is not { } row)
            {
                return new Error(ErrorCodes.NotFound, $"There is no API key '{id}'.");
            }
            var result = change(session, row, now);
            if (result.IsOk)
            {
                AuditTable.Append(session, caller, action, id, ApiKeyView.Of(row, now), ApiKeyView.Of(after(result.Value), now), now);
            }
            return result;
        });
        keys.Forget(id);
        return changed;
    }

    private static List<FieldError> Mistakes(ApiKeyInput input, bool repFound, long now)
    {
        List<FieldError> mistakes = [];
        void Fail(string field, string code, string detail) => mistakes.Add(new FieldError(field, code, detail));
        if (string.IsNullOrWhiteSpace(input.Name))
        {
            Fail("name", ErrorCodes.FieldRequired, "The field 'name' is required.");
        }
        else if (input.Name.Length > Limits.NameLength || input.Name.Any(char.IsControl))
        {
            Fail("name", ErrorCodes.FieldMalformed, $"A name has at most {Limits.NameLength} characters, none of them a control character.");
        }
        var (scopes, roles) = (input.Scopes ?? [], input.Roles ?? []);
        if (scopes.Count + roles.Count is 0 or > Limits.MaxGrants)
        {
            Fail("scopes", ErrorCodes.LimitExceeded, $"A key has 1 to {Limits.MaxGrants} scopes and roles.");
            return mistakes;
        }
        for (var i = 0; i < scopes.Count; i++)
        {
            if (!Scopes.OfTenants.Contains(scopes[i]))
            {
                Fail($"scopes/{i}", ErrorCodes.ScopeUnknown, $"'{scopes[i]}' is not a scope of a tenant's credentials.");
            }
        }
        for (var i = 0; i < roles.Count; i++)
        {
            if (Roles.Find(roles[i]) is null)
            {
                Fail($"roles/{i}", ErrorCodes.RoleUnknown, $"'{roles[i]}' is not a role.");
            }
        }
        if (input.Rep is not null && !repFound)
        {
            Fail("rep", ErrorCodes.RepUnknown, $"There is no rep '{input.Rep}', or several sources have one.");
        }
        if (input.Rep is null && roles.Any(Roles.NeedsRep))
        {
            Fail("rep", ErrorCodes.FieldRequired, "The roles rep and manager say whose pay is seen: name the rep.");
        }
        if (input.ExpiresAt?.ToUnixTimeMilliseconds() <= now)
        {
            Fail("expires_at", ErrorCodes.ExpiryPast, "A key ends in the future.");
        }
        return mistakes;
    }
}
