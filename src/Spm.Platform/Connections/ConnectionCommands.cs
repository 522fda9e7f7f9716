using System.Text.Json;
using Spm.Connectors;
using Spm.Platform.AuditTrail;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Connections;

/// <summary>Makes, changes and ends connections, and asks them to run.</summary>
public sealed class ConnectionCommands(ConnectionChecks checks, ConnectorCatalog catalog, ConnectorSettings settings, ConnectionOpener opener, TenantDirectory tenants, SpmStore store, RecordClock clock)
{
    /// <summary>It runs at once: as a first backfill where it is new.</summary>
    public async Task<Result<ConnectionRow>> CreateAsync(Caller caller, ConnectionInput input)
    {
        if (caller.Lacks(Scopes.ConnectionsWrite) is { } lacking)
        {
            return lacking;
        }
        var plugin = checks.Plugin(input);
        if (!plugin.IsOk)
        {
            return plugin.Error!;
        }
        if (LacksForSink(caller, plugin.Value.Manifest) is { } refused)
        {
            return refused;
        }
        var split = checks.Split(input, plugin.Value, kept: null);
        if (!split.IsOk)
        {
            return split.Error!;
        }
        var (id, now) = (Ids.Random("con"), Now);
        var row = new ConnectionRow
        {
            Tenant = caller.Tenant,
            Id = id,
            Connector = input.Connector,
            Version = input.Version,
            Name = input.Name.Trim(),
            Source = input.Source ?? input.Connector,
            Config = split.Value.Config.Root.GetRawText(),
            Secrets = Seal(split.Value.Secrets, id),
            SecretNames = [.. split.Value.Secrets.Keys.Order(StringComparer.Ordinal)],
            CertificateUntil = split.Value.CertificateUntil,
            BaseAddress = input.BaseAddress,
            EverySeconds = input.EverySeconds,
            Mapping = Json.Store(input.Mapping ?? new Dictionary<string, StreamMapping>()),
            Status = ConnectionStatus.Active,
            NextRunAt = now,
            NextCause = plugin.Value.Manifest.Kinds.HasFlag(ConnectorKinds.Source) ? RunCause.Backfill : RunCause.Request,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return await store.Writer.WriteAsync<Result<ConnectionRow>>(session =>
        {
            if (SharedSource.Of(session, catalog, caller.Tenant, row.Source).Refusal(row, SharedSource.Kinds(catalog, row), "source") is { } taken)
            {
                return taken;
            }
            ConnectionTable.Insert(session, row);
            Tell(session, caller, "connection.create", id, null, row, now);
            return ConnectionTable.Find(session, caller.Tenant, id)!;
        });
    }

    public async Task<Result<ConnectionRow>> UpdateAsync(Caller caller, string id, ConnectionInput input)
    {
        if (caller.Lacks(Scopes.ConnectionsWrite) is { } lacking)
        {
            return lacking;
        }
        if (store.Read(s => ConnectionTable.Find(s, caller.Tenant, id)) is not { } known)
        {
            return NotFound(id);
        }
        if (input.Connector != known.Connector || (input.Source ?? known.Source) != known.Source)
        {
            return Error.Of(input.Connector != known.Connector ? "connector" : "source", ErrorCodes.FieldMalformed, "Neither the connector nor the source of a connection changes: make another one.");
        }
        var plugin = checks.Plugin(input);
        if (!plugin.IsOk)
        {
            return plugin.Error!;
        }
        var split = checks.Split(input, plugin.Value, opener.SecretsOf(known));
        if (!split.IsOk)
        {
            return split.Error!;
        }
        return await ChangeAsync(caller, id, "connection.update", (session, row) =>
        {
            var after = row with
            {
                Version = input.Version,
                Name = input.Name.Trim(),
                Config = split.Value.Config.Root.GetRawText(),
                Secrets = Seal(Standing(split.Value.Secrets, input, plugin.Value.Manifest, row), id),
                SecretNames = [.. split.Value.Secrets.Keys.Order(StringComparer.Ordinal)],
                CertificateUntil = split.Value.CertificateUntil,
                BaseAddress = input.BaseAddress,
                EverySeconds = input.EverySeconds,
                Mapping = Json.Store(input.Mapping ?? new Dictionary<string, StreamMapping>()),
            };
            // What it takes already is no question: secrets and schedules can be set whatever became of other connections.
            var more = SharedSource.Kinds(catalog, after).Beyond(SharedSource.Kinds(catalog, row));
            return SharedSource.Of(session, catalog, caller.Tenant, row.Source).Refusal(row, more, "mapping") is { } taken ? taken
                : after.Status == ConnectionStatus.Active ? Scheduled(after) : after;
        });
    }

    /// <summary>Rotating secrets that the input leaves out are those of this very moment: the vendor may have replaced one since it was checked.</summary>
    private Dictionary<string, string> Standing(IReadOnlyDictionary<string, string> secrets, ConnectionInput input, ConnectorManifest manifest, ConnectionRow row)
    {
        var standing = new Dictionary<string, string>(secrets, StringComparer.Ordinal);
        var stored = opener.SecretsOf(row);
        foreach (var name in manifest.ConfigSchema.Rotating.Where(n => stored.ContainsKey(n) && input.Config?.TryGetProperty(n, out _) != true))
        {
            standing[name] = stored[name];
        }
        return standing;
    }

    /// <summary>By its new schedule, and not later than somebody has asked for.</summary>
    private ConnectionRow Scheduled(ConnectionRow row) => row.EverySeconds is { } every
        ? row with { NextRunAt = Math.Min(row.NextRunAt ?? long.MaxValue, Now + (every * 1000L)), NextCause = row.NextCause ?? RunCause.Schedule }
        : row.NextCause is RunCause.Schedule ? row with { NextRunAt = null, NextCause = null } : row;

    /// <summary>It runs no more, and its secrets are gone. What came through it stays.</summary>
    public Task<Result<ConnectionRow>> DeleteAsync(Caller caller, string id) => ChangeAsync(caller, id, "connection.delete", (session, row) =>
    {
        // What was read and not taken goes with it; a run that is under way has it in its hands.
        LandingTable.Drop(session, row.No);
        return row with
        {
            Status = ConnectionStatus.Deleted,
            Secrets = null,
            SecretNames = [],
            CertificateUntil = null,
            NextRunAt = null,
            NextCause = null,
            ReasonKind = null,
            Reason = null,
        };
    });

    /// <summary>No further run begins; one that is under way ends as it would have.</summary>
    public Task<Result<ConnectionRow>> PauseAsync(Caller caller, string id) => ChangeAsync(caller, id, "connection.pause", (_, row) => row with
    {
        Status = ConnectionStatus.Paused,
        NextRunAt = null,
        NextCause = null,
        ReasonKind = null,
        Reason = null,
    });

    /// <summary>It runs again, at once. Streams that were paused are read again, with the fields that they have now.</summary>
    public Task<Result<ConnectionRow>> ResumeAsync(Caller caller, string id) => ChangeAsync(caller, id, "connection.resume", (session, row) =>
    {
        StreamTable.Agree(session, row.No);
        return row with { Status = ConnectionStatus.Active, ReasonKind = null, Reason = null, NextRunAt = Now, NextCause = RunCause.Request };
    });

    /// <summary>Reads everything anew, as if it had never been read. What is here already stays unchanged.</summary>
    public Task<Result<ConnectionRow>> BackfillAsync(Caller caller, string id) => AskAsync(caller, id, RunCause.Backfill, "connection.backfill", (session, row) =>
    {
        foreach (var stream in opener.PluginOf(row)?.Manifest.Streams ?? [])
        {
            StreamTable.StartOver(session, row.No, stream.Name, Guid.NewGuid().ToString("N"));
        }
    });

    public Task<Result<ConnectionRow>> RunAsync(Caller caller, string id) => AskAsync(caller, id, RunCause.Request, "connection.run", (_, _) => { });

    /// <summary>Tries rejected records again as they stand. Streams with rows that are in quarantine or not kept are read anew: only their connector can read them.</summary>
    public Task<Result<ConnectionRow>> RetryAsync(Caller caller, string id) => AskAsync(caller, id, RunCause.Retry, "connection.retry", (session, row) =>
    {
        foreach (var stream in RecordTable.ToReadAnew(session, row.No))
        {
            StreamTable.StartOver(session, row.No, stream, Guid.NewGuid().ToString("N"));
        }
    }, Scopes.TransactionsWrite);

    /// <summary>Keeps for whom the credentials speak.</summary>
    internal Task<Result<ConnectionRow>> CheckedAsync(Caller caller, string id, string? account) =>
        ChangeAsync(caller, id, "connection.check", (_, row) => row with { Account = account ?? row.Account }, revises: false);

    private Task<Result<ConnectionRow>> AskAsync(Caller caller, string id, RunCause cause, string action, Action<SqlSession, ConnectionRow> prepare, string scope = Scopes.ConnectionsWrite) =>
        ChangeAsync(caller, id, action, (session, row) =>
        {
            if (row.Status != ConnectionStatus.Active)
            {
                return new Error(ErrorCodes.ConnectionNotActive, $"The connection is {EnumNames.Of(row.Status)}: resume it first.");
            }
            prepare(session, row);
            return row with { NextRunAt = Now, NextCause = cause };
        }, revises: false, scope);

    /// <param name="revises">False where neither configuration nor credentials change: what is open for its runs stays open.</param>
    private async Task<Result<ConnectionRow>> ChangeAsync(
        Caller caller, string id, string action, Func<SqlSession, ConnectionRow, Result<ConnectionRow>> change, bool revises = true, string scope = Scopes.ConnectionsWrite)
    {
        if (caller.Lacks(scope) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        return await store.Writer.WriteAsync<Result<ConnectionRow>>(session =>
        {
            if (ConnectionTable.Find(session, caller.Tenant, id) is not { } row)
            {
                return NotFound(id);
            }
            if (catalog.Find(row.Connector, row.Version) is { } plugin && LacksForSink(caller, plugin.Manifest) is { } refused)
            {
                return refused;
            }
            var changed = change(session, row);
            if (!changed.IsOk)
            {
                return changed;
            }
            var now = Now;
            var after = changed.Value with { Revision = row.Revision + (revises ? 1 : 0), UpdatedAt = revises ? now : row.UpdatedAt };
            ConnectionTable.Update(session, after);
            ConnectionProblems.Replace(session, after, company, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
            Tell(session, caller, action, id, row, after, now);
            return after;
        });
    }

    /// <summary>A sink pulls approved payouts as payroll does: who sets it up or lets it run may do that too.</summary>
    private static Error? LacksForSink(Caller caller, ConnectorManifest connector) => connector.Kinds.HasFlag(ConnectorKinds.Sink) ? caller.Lacks(Scopes.PayrollPull) : null;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private void Tell(SqlSession session, Caller caller, string action, string id, ConnectionRow? before, ConnectionRow? after, long now) =>
        AuditTable.Append(session, caller, action, id, before is null ? null : View(session, before), after is null ? null : View(session, after), now);

    private ConnectionView View(SqlSession session, ConnectionRow row) => ConnectionView.Of(row, catalog.Find(row.Connector, row.Version), row.No == 0 ? [] : StreamTable.Of(session, row.No));

    private string? Seal(IReadOnlyDictionary<string, string> secrets, string id) => secrets.Count == 0 ? null : settings.Keys.Seal(JsonSerializer.Serialize(secrets), id);

    private static Error NotFound(string id) => new(ErrorCodes.NotFound, $"There is no connection '{id}'.");
}
