using System.Runtime.CompilerServices;

namespace Spm.Connectors.Salesforce;

/// <summary>A Salesforce org.</summary>
internal sealed class SalesforceConnection(ISalesforceApi api, ConnectorContext context, IDisposable client) : IConnection, ISource
{
    /// <summary>Fields that are made of others, and files: no query of a job takes them.</summary>
    private static readonly HashSet<string> Compound = new(["address", "location", "base64"], StringComparer.Ordinal);

    private readonly QueryReader _queries = new(api);
    private readonly Schema _schema = new(api, context.Clock);
    private readonly Mapping _mapping = new(context.Config.Text("currency"));

    public async Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
    {
        var rows = await _queries.AllAsync(Soql.Select(["Id", "Name"], "Organization"), cancellationToken: cancellationToken);
        return rows is [var org] ? new CheckedAccount(org.Id, org.Required("Name")) : throw new ConnectorException(ErrorKind.RemoteBug, "Salesforce does not say which org this is.");
    }

    /// <summary>Fields with those that people have added, as far as the connection's user sees them.</summary>
    public async Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken)
    {
        List<DiscoveredStream> streams = [];
        foreach (var stream in ObjectStream.All)
        {
            if (await _schema.FieldsOfAsync(stream.Type, cancellationToken) is { } fields)
            {
                streams.Add(new DiscoveredStream(
                    stream.Name, [.. fields.Where(f => !Compound.Contains(f.Type)).Select(f => new DiscoveredField(f.Name, f.Type, f.Label, f.Custom))]));
            }
        }
        return streams;
    }

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = Array.Find(ObjectStream.All, s => s.Name == request.Stream)
            ?? throw new ConnectorException(ErrorKind.Config, $"Salesforce has no stream '{request.Stream}'.");
        var described = await _schema.FieldsOfAsync(stream.Type, cancellationToken)
            ?? throw new ConnectorException(ErrorKind.SchemaChanged, $"The org has no {stream.Type}, or the connection's user does not see it.");
        var fields = stream.Asked(described, context.Config.Texts("fields"));
        var messages = stream.IsIncremental
            ? new ObjectReader(api, context.Clock, stream, fields, await SharesAsync(stream, cancellationToken), _mapping).ReadAsync(request.From?.Read<Position>(), cancellationToken)
            : EverythingAsync(stream, fields, cancellationToken);
        await foreach (var message in messages)
        {
            yield return message;
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<ShareReader?> SharesAsync(ObjectStream stream, CancellationToken cancellationToken) =>
        stream == ObjectStream.Opportunities && await _schema.FieldsOfAsync(ShareReader.Type, cancellationToken) is not null
            ? new ShareReader(_queries, context.Config.Text("split_type"))
            : null;

    private async IAsyncEnumerable<SourceMessage> EverythingAsync(ObjectStream stream, IReadOnlyList<string> fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in _queries.PagesAsync(Soql.Select(fields, stream.Type, stream.Where), cancellationToken: cancellationToken))
        {
            foreach (var row in page)
            {
                yield return _mapping.Message(stream, row, []);
            }
        }
    }
}
