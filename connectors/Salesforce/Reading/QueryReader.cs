using System.Runtime.CompilerServices;

namespace Spm.Connectors.Salesforce;

/// <summary>Reads the answers of queries page by page.</summary>
internal sealed class QueryReader(ISalesforceApi api)
{
    /// <exception cref="ConnectorException">RemoteBug: it goes on where it has been, and has no end.</exception>
    /// <param name="deletedToo">Rows in the recycle bin, too.</param>
    public async IAsyncEnumerable<IReadOnlyList<Row>> PagesAsync(
        string query, bool deletedToo = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var page = deletedToo ? await api.QueryAll(query, cancellationToken) : await api.Query(query, cancellationToken);
        for (HashSet<string> asked = new(StringComparer.Ordinal); ;)
        {
            yield return [.. page.Records.Select(Row.Of)];
            if (page.Done)
            {
                break;
            }
            var next = page.NextRecordsUrl ?? throw new ConnectorException(ErrorKind.RemoteBug, "Salesforce has more records and does not say where.");
            if (!asked.Add(next))
            {
                throw new ConnectorException(ErrorKind.RemoteBug, "Salesforce goes on where it has been: the answer has no end.");
            }
            page = await api.More(next.TrimStart('/'), cancellationToken);
        }
    }

    /// <summary>For answers of a few pages.</summary>
    public async Task<IReadOnlyList<Row>> AllAsync(string query, bool deletedToo = false, CancellationToken cancellationToken = default)
    {
        List<Row> rows = [];
        await foreach (var page in PagesAsync(query, deletedToo, cancellationToken))
        {
            rows.AddRange(page);
        }
        return rows;
    }
}
