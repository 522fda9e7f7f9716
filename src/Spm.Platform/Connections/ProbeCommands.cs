using System.Security.Cryptography;
using Spm.Connectors;
using Spm.Connectors.Hosting.Plugins;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Connections;

/// <summary>
/// Asks a vendor something while somebody waits: whether the credentials are right, what the account holds, what its records would become. Few at
/// once and not for long, so that a vendor that does not answer takes nothing from anybody else.
/// </summary>
public sealed class ProbeCommands(ConnectionOpener opener, ConnectionQueries queries, ConnectionCommands commands, ConnectionRuns runs, TenantDirectory tenants)
{
    private const int DefaultRows = 10;
    private const int MaxRows = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _places = new(4);

    /// <summary>An answer in any case: that the credentials are refused is one.</summary>
    public async Task<Result<CheckView>> CheckAsync(Caller caller, string id, CancellationToken cancelled)
    {
        var asked = await AskAsync(caller, id, (open, _, token) => open.CheckAsync(token), cancelled);
        if (asked.Error is { } error && error.Code != ErrorCodes.ConnectionFailed)
        {
            return error;
        }
        var view = asked.IsOk
            ? new CheckView(true, asked.Value.Name, null)
            : new CheckView(false, null, new ReasonView(asked.Error!.Fields[0].Field, asked.Error.Detail));
        var kept = await commands.CheckedAsync(caller, id, view.Account);
        return kept.IsOk ? view : kept.Error!;
    }

    public async Task<Result<IReadOnlyList<DiscoveredStreamView>>> DiscoverAsync(Caller caller, string id, CancellationToken cancelled)
    {
        var asked = await AskAsync(caller, id, (open, _, token) => open.DiscoverAsync(token), cancelled);
        return asked.IsOk
            ? Result<IReadOnlyList<DiscoveredStreamView>>.Of(
                [.. asked.Value.Select(s => new DiscoveredStreamView(s.Name, [.. s.Fields.Select(f => new DiscoveredFieldView(f.Name, f.Type, f.Label, f.Custom))]))])
            : asked.Error!;
    }

    public async Task<Result<PreviewView>> PreviewAsync(Caller caller, string id, PreviewInput input, CancellationToken cancelled)
    {
        if (input.Rows is < 1 or > MaxRows)
        {
            return Error.Of("rows", ErrorCodes.FieldMalformed, $"A preview looks at 1 to {MaxRows} rows.");
        }
        var connection = queries.Find(caller, id, Scopes.ConnectionsWrite);
        if (!connection.IsOk)
        {
            return connection.Error!;
        }
        if (opener.PluginOf(connection.Value) is { } plugin)
        {
            if (plugin.Manifest.Stream(input.Stream) is null)
            {
                return string.IsNullOrWhiteSpace(input.Stream)
                    ? Error.Of("stream", ErrorCodes.FieldRequired, $"The field 'stream' is required: one of {string.Join(", ", plugin.Manifest.Streams.Select(s => s.Name))}.")
                    : Error.Of("stream", ErrorCodes.MappingInvalid, $"{plugin.Manifest.Name} has no stream '{input.Stream}': {string.Join(", ", plugin.Manifest.Streams.Select(s => s.Name))}.");
            }
            if (input.Mapping is { } tried && MappingReader.Check(plugin.Manifest, new Dictionary<string, StreamMapping> { [input.Stream] = tried }) is { Count: > 0 } errors)
            {
                return Error.Of([.. errors.Select(e => e with { Field = e.Field.Replace($"mapping/{input.Stream}", "mapping", StringComparison.Ordinal) })]);
            }
        }
        return await AskAsync(caller, id, (open, row, token) => PreviewAsync(caller, open, row, input, token), cancelled);
    }

    private async Task<PreviewView> PreviewAsync(Caller caller, IConnection open, ConnectionRow row, PreviewInput input, CancellationToken token)
    {
        var source = open as ISource ?? throw new ConnectorException(ErrorKind.Config, "The connection is not read from.");
        var manifest = opener.PluginOf(row)!.Manifest;
        if (input.Mapping is { } tried)
        {
            var mapping = new Dictionary<string, StreamMapping>(MappingReader.Read(row.Mapping), StringComparer.Ordinal) { [input.Stream] = tried };
            row = row with { Mapping = Json.Store(mapping) };
        }
        var scope = runs.Scope(tenants.Get(caller.Tenant), row, new RunRow(0, row.No, "", RunCause.Request, RunState.Running, 0, null, null, null, null), manifest);
        var mapper = scope.Mappers.GetValueOrDefault(input.Stream) ?? new RecordMapper(manifest.Stream(input.Stream)!, new StreamMapping(MappingTarget.None));
        List<SourceMessage> rows = [];
        await foreach (var message in source.ReadAsync(new ReadRequest(input.Stream, null), token).WithCancellation(token))
        {
            if (message is SourceRecord or InvalidRow)
            {
                rows.Add(message);
            }
            if (rows.Count >= (input.Rows ?? DefaultRows))
            {
                break;
            }
        }
        var refusals = runs.Refusals(scope, mapper, [.. rows.OfType<SourceRecord>()]);
        return new PreviewView([.. rows.Select(row => row is SourceRecord record ? Previews.Of(record, mapper, refusals) : Previews.Of((InvalidRow)row))]);
    }

    private async Task<Result<T>> AskAsync<T>(Caller caller, string id, Func<IConnection, ConnectionRow, CancellationToken, Task<T>> ask, CancellationToken cancelled)
    {
        var connection = queries.Find(caller, id, Scopes.ConnectionsWrite);
        if (!connection.IsOk)
        {
            return connection.Error!;
        }
        if (opener.PluginOf(connection.Value) is not { } plugin)
        {
            return Error.Of("connector", ErrorCodes.ConnectorUnknown, $"The connector '{connection.Value.Connector}' is not installed any more.");
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(Patience);
        try
        {
            await _places.WaitAsync(patience.Token);
            try
            {
                return Result<T>.Of(await opener.AskAsync(connection.Value, plugin, open => ask(open, connection.Value, patience.Token), patience.Token));
            }
            finally
            {
                _places.Release();
            }
        }
        catch (Exception failure) when (!cancelled.IsCancellationRequested)
        {
            var error = failure is PluginException or CryptographicException ? new ConnectorException(ErrorKind.Config, failure.Message, failure) : HttpFailure.Of(failure);
            return Error.Of(EnumNames.Of(error.Kind), ErrorCodes.ConnectionFailed, error.Message);
        }
    }
}
