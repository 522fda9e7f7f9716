namespace Spm.Connectors;

/// <summary>
/// The entry point of a connector: a public class with a public constructor that takes nothing. What the connector is, its
/// <c>connector.json</c> says; this opens it for one connection of one tenant. Members are never added to an interface of this SDK once
/// it has shipped: a new ability is a new interface that a connection may implement.
/// </summary>
public interface IConnector
{
    /// <summary>Must not call the vendor: that is what <see cref="IConnection.CheckAsync"/> is for.</summary>
    ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken);
}

/// <summary>
/// One tenant's account at one vendor. It implements <see cref="ISource"/>, <see cref="ISink"/> and <see cref="IWebhookReceiver"/> as the
/// manifest's kinds say. Whatever goes wrong is thrown as a <see cref="ConnectorException"/>, whose kind decides what the host does; a
/// connection never retries by itself.
/// </summary>
public interface IConnection : IAsyncDisposable
{
    /// <summary>The cheapest call that proves credentials and permissions. Returns for whom the credentials speak, for people to recognise.</summary>
    Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken);

    /// <summary>What this account holds: the fields of each stream, custom ones too. Streams that are absent here are not offered.</summary>
    Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken);
}

/// <summary>Whom the credentials speak for. <paramref name="Id"/> is the vendor's id of the account, <paramref name="Name"/> is for people.</summary>
public sealed record CheckedAccount(string Id, string Name);

/// <summary>A stream as one account has it. The host compares the fields with those of the last run: a change pauses the stream.</summary>
public sealed record DiscoveredStream(string Name, IReadOnlyList<DiscoveredField> Fields);

/// <summary>A field of a stream: its <paramref name="Name"/> on the wire, its <paramref name="Type"/> in the vendor's words, a label for people.</summary>
public sealed record DiscoveredField(string Name, string Type, string? Label = null, bool Custom = false);
