using System.Text.Json;
using Spm.GraphQL.Authoring;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

/// <summary>What is set of a connection.</summary>
/// <param name="Connector">The id of an installed connector.</param>
/// <param name="Name">For people.</param>
/// <param name="Config">By the connector's schema, secrets inside. Secrets are kept sealed; a change that leaves one out keeps it.</param>
/// <param name="Version">The newest that is installed when left out.</param>
/// <param name="Source">The source of what comes through it: the connector's id when left out. It never changes. Connections share a source where no two of them take the same kind of it: transactions of one entity, or reps.</param>
/// <param name="BaseAddress">In the place of the vendor's own address: a sandbox. It is https and one of the connector's hosts.</param>
/// <param name="EverySeconds">It runs by itself so often: 60 to 604800. Only when it is asked to when left out.</param>
/// <param name="Mapping">By stream, what differs from what its records become by themselves. Names are those of REST.</param>
[GraphQLName("VendorConnectionSettings")]
public sealed record ConnectionSettings(
    string Connector, string Name, JsonElement? Config = null, string? Version = null, string? Source = null, string? BaseAddress = null, int? EverySeconds = null, JsonElement? Mapping = null)
{
    /// <summary>By the reader of REST's bodies.</summary>
    internal Result<ConnectionInput> Read() => Bodies.Read<ConnectionInput>(UserErrors.Body(this));
}

/// <summary>A connection to be made.</summary>
/// <param name="Settings">What is set of it.</param>
/// <param name="IdempotencyKey">The same key and input are answered as the first time.</param>
public sealed record CreateVendorConnectionInput(ConnectionSettings Settings, string? IdempotencyKey = null);

/// <summary>What is to be set of a connection.</summary>
/// <param name="Connection">Id of the connection.</param>
/// <param name="Settings">All of it; secrets that are left out stay.</param>
public sealed record PutVendorConnectionInput([property: ID] string Connection, ConnectionSettings Settings);

/// <summary>Which connection is meant.</summary>
/// <param name="Connection">Id of the connection.</param>
public sealed record NamedVendorConnectionInput([property: ID] string Connection);

/// <summary>What a preview looks at.</summary>
/// <param name="Connection">Id of the connection.</param>
/// <param name="Stream">Which stream to look at.</param>
/// <param name="Mapping">What records of the stream become, tried in the place of what the connection says of it; that when left out. Names are those of REST.</param>
/// <param name="Rows">How many records to look at: 1 to 50; 10 when left out.</param>
public sealed record PreviewVendorConnectionInput([property: ID] string Connection, string Stream, JsonElement? Mapping = null, int? Rows = null);

/// <summary>The connection as it is now.</summary>
/// <param name="Connection">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
[GraphQLName("VendorConnectionPayload")]
public sealed record ConnectionPayload(ConnectionView? Connection, IReadOnlyList<UserError> UserErrors)
{
    internal static ConnectionPayload Refused(IReadOnlyList<UserError> errors) => new(null, errors);
}

/// <summary>Whom the credentials speak for.</summary>
/// <param name="Check">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record CheckVendorConnectionPayload(CheckView? Check, IReadOnlyList<UserError> UserErrors);

/// <summary>Streams and fields that the account holds.</summary>
/// <param name="Streams">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record DiscoverVendorConnectionPayload(IReadOnlyList<DiscoveredStreamView>? Streams, IReadOnlyList<UserError> UserErrors);

/// <summary>What records would become.</summary>
/// <param name="Rows">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record PreviewVendorConnectionPayload(IReadOnlyList<PreviewRowView>? Rows, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class ConnectionMutations
{
    /// <summary>Makes a connection and begins to read all of its streams.</summary>
    public static async Task<ConnectionPayload?> CreateVendorConnectionAsync(CreateVendorConnectionInput input, ConnectionCommands commands, ConnectionQueries queries, OnceOnly once, Call call) => await once.RunAsync(
        "createVendorConnection", Scopes.ConnectionsWrite, input.IdempotencyKey, input,
        () => WithAsync(input.Settings, settings => commands.CreateAsync(call.Caller, settings), queries), ConnectionPayload.Refused);

    /// <summary>Replaces what is set of a connection; secrets that are left out stay.</summary>
    public static async Task<ConnectionPayload?> PutVendorConnectionAsync(PutVendorConnectionInput input, ConnectionCommands commands, ConnectionQueries queries, Call call) =>
        call.Caller.Lacks(Scopes.ConnectionsWrite) is { } lacking
            ? throw Refusals.Of(lacking)
            : await WithAsync(input.Settings, settings => commands.UpdateAsync(call.Caller, input.Connection, settings), queries);

    /// <summary>Ends a connection and forgets its secrets; what came through it stays.</summary>
    public static Task<ConnectionPayload?> DeleteVendorConnectionAsync(NamedVendorConnectionInput input, ConnectionCommands commands, ConnectionQueries queries, Call call) =>
        ChangedAsync(commands.DeleteAsync(call.Caller, input.Connection), queries);

    /// <summary>No further run begins.</summary>
    public static Task<ConnectionPayload?> PauseVendorConnectionAsync(NamedVendorConnectionInput input, ConnectionCommands commands, ConnectionQueries queries, Call call) =>
        ChangedAsync(commands.PauseAsync(call.Caller, input.Connection), queries);

    /// <summary>Runs again, at once; changed fields of paused streams are agreed to.</summary>
    public static Task<ConnectionPayload?> ResumeVendorConnectionAsync(NamedVendorConnectionInput input, ConnectionCommands commands, ConnectionQueries queries, Call call) =>
        ChangedAsync(commands.ResumeAsync(call.Caller, input.Connection), queries);

    /// <summary>Reads everything anew.</summary>
    public static Task<ConnectionPayload?> BackfillVendorConnectionAsync(NamedVendorConnectionInput input, ConnectionCommands commands, ConnectionQueries queries, Call call) =>
        ChangedAsync(commands.BackfillAsync(call.Caller, input.Connection), queries);

    /// <summary>Reads at once what is new.</summary>
    public static Task<ConnectionPayload?> RunVendorConnectionAsync(NamedVendorConnectionInput input, ConnectionCommands commands, ConnectionQueries queries, Call call) =>
        ChangedAsync(commands.RunAsync(call.Caller, input.Connection), queries);

    /// <summary>Tries rejected records of a connection again, and reads streams anew that have rows in quarantine or rejected ones that are not kept.</summary>
    public static Task<ConnectionPayload?> RetryConnectionRowsAsync(NamedVendorConnectionInput input, ConnectionCommands commands, ConnectionQueries queries, Call call) =>
        ChangedAsync(commands.RetryAsync(call.Caller, input.Connection), queries);

    /// <summary>Asks the vendor whether the credentials are right.</summary>
    public static async Task<CheckVendorConnectionPayload?> CheckVendorConnectionAsync(NamedVendorConnectionInput input, ProbeCommands probes, Call call, CancellationToken cancellation) => await probes
        .CheckAsync(call.Caller, input.Connection, cancellation).PayloadAsync(check => new CheckVendorConnectionPayload(check, []), errors => new CheckVendorConnectionPayload(null, errors));

    /// <summary>Asks the vendor which streams and fields the account holds.</summary>
    public static async Task<DiscoverVendorConnectionPayload?> DiscoverVendorConnectionAsync(NamedVendorConnectionInput input, ProbeCommands probes, Call call, CancellationToken cancellation) => await probes
        .DiscoverAsync(call.Caller, input.Connection, cancellation).PayloadAsync(streams => new DiscoverVendorConnectionPayload(streams, []), errors => new DiscoverVendorConnectionPayload(null, errors));

    /// <summary>Shows what the first records of a stream would become by a mapping; nothing is kept.</summary>
    public static async Task<PreviewVendorConnectionPayload?> PreviewVendorConnectionAsync(PreviewVendorConnectionInput input, ProbeCommands probes, Call call, CancellationToken cancellation)
    {
        if (call.Caller.Lacks(Scopes.ConnectionsWrite) is { } lacking)
        {
            throw Refusals.Of(lacking);
        }
        var asked = input.Mapping is { } mapping ? Bodies.Read<StreamMapping>(mapping).Then(m => new PreviewInput(input.Stream, m, input.Rows)) : new PreviewInput(input.Stream, null, input.Rows);
        return asked.IsOk
            ? await probes.PreviewAsync(call.Caller, input.Connection, asked.Value, cancellation).PayloadAsync(preview => new PreviewVendorConnectionPayload(preview.Rows, []), Refused)
            : Refused(UserErrors.Of(asked.Error!, "mapping", isDocument: true));

        static PreviewVendorConnectionPayload Refused(IReadOnlyList<UserError> errors) => new(null, errors);
    }

    private static async Task<ConnectionPayload> WithAsync(ConnectionSettings settings, Func<ConnectionInput, Task<Result<ConnectionRow>>> change, ConnectionQueries queries)
    {
        var read = settings.Read();
        return read.IsOk
            ? await change(read.Value).PayloadAsync(row => new ConnectionPayload(queries.View(row), []), ConnectionPayload.Refused, "settings")
            : ConnectionPayload.Refused(UserErrors.Of(read.Error!, "settings"));
    }

    private static async Task<ConnectionPayload?> ChangedAsync(Task<Result<ConnectionRow>> change, ConnectionQueries queries) =>
        await change.PayloadAsync(row => new ConnectionPayload(queries.View(row), []), ConnectionPayload.Refused);
}
