using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections;

/// <summary>
/// The connections of one source and what each of them takes of it. No two may take the same: they would correct, take back and reconcile what is
/// another's. Where they take different things, bills and payments of one are about deals of another.
/// </summary>
internal sealed class SharedSource
{
    private readonly List<(ConnectionRow Connection, TakenKinds Kinds)> _members;

    private SharedSource(List<(ConnectionRow, TakenKinds)> members) => _members = members;

    /// <summary>In the order they were made; those that are deleted are not of it any more.</summary>
    public static SharedSource Of(SqlSession session, ConnectorCatalog catalog, int tenant, string source) =>
        new(ConnectionTable.OfSource(session, tenant, source).ConvertAll(c => (c, Kinds(catalog, c))));

    /// <summary>What a connection takes, as it is installed and mapped.</summary>
    public static TakenKinds Kinds(ConnectorCatalog catalog, ConnectionRow connection) => TakenKinds.Of(catalog.Find(connection.Connector, connection.Version)?.Manifest, connection.Mapping);

    /// <summary>Why a connection may not take these kinds; null where it may.</summary>
    /// <param name="connection">It may not be of the source yet.</param>
    /// <param name="field">What the refusal is about.</param>
    public Error? Refusal(ConnectionRow connection, TakenKinds kinds, string field) =>
        Taker(kinds, _members.Where(m => m.Connection.Id != connection.Id)) is { } told ? Error.Of(field, ErrorCodes.SourceInUse, told) : null;

    /// <summary>
    /// Why a connection may not run; null where it may. Nobody has asked for what a later version of a connector takes: where another one takes it as well,
    /// the one that was made first goes on.
    /// </summary>
    public string? Hindrance(ConnectionRow connection, TakenKinds kinds) => Taker(kinds, _members.Where(m => m.Connection.No < connection.No && m.Kinds.AreKnown));

    /// <summary>The connection and the stream that take transactions of an entity; null where none is known to.</summary>
    public (long Connection, string Stream)? TakerOf(string entity)
    {
        foreach (var (connection, kinds) in _members)
        {
            if (kinds.StreamOf(entity) is { } stream)
            {
                return (connection.No, stream);
            }
        }
        return null;
    }

    /// <summary>That the external id of a transaction is of what a connection takes, in SQL. Where nobody knows what it takes: of what no other does.</summary>
    public string Condition(long connection, TakenKinds kinds, string column) => kinds.Condition(column)
        ?? $"not ({string.Join(" or ", ["1 = 0", .. _members.Where(m => m.Connection.No != connection).Select(m => m.Kinds.Condition(column)).OfType<string>()])})";

    private static string? Taker(TakenKinds kinds, IEnumerable<(ConnectionRow Connection, TakenKinds Kinds)> others)
    {
        foreach (var (other, theirs) in others)
        {
            if (kinds.Meets(theirs) is { } kind)
            {
                var by = $"the connection '{other.Name}' ({other.Id}) of the source '{other.Source}'";
                return kind != TakenKinds.Anything ? $"The stream '{kinds.StreamOf(kind)}' would take the kind '{kind}', which the stream '{theirs.StreamOf(kind)}' of {by} takes: map one of the two into none, or make a connection with another source."
                    : theirs.AreKnown ? $"Nobody knows what this connection takes, whose connector is not installed, and {by} takes something as well."
                    : $"Nobody knows what {by} takes: its connector '{other.Connector}' is not installed any more.";
            }
        }
        return null;
    }
}
