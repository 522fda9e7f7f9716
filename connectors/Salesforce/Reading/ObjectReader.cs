using System.Runtime.CompilerServices;

namespace Spm.Connectors.Salesforce;

/// <summary>
/// Reads one object: a large one first by a job, then whatever was deleted and changed since, in the order of changes. Shares are part of
/// their opportunity here and records of their own there, so opportunities whose shares have changed are read once more.
/// </summary>
internal sealed class ObjectReader(ISalesforceApi api, TimeProvider clock, ObjectStream stream, IReadOnlyList<string> fields, ShareReader? shares, Mapping mapping)
{
    /// <summary>Ids in a query, which is part of an address and must not become too long for one.</summary>
    private const int IdsAQuery = 200;

    /// <summary>Records that a query reads before a job is made. An org that has fewer needs none.</summary>
    internal const int Few = 200;

    /// <summary>How wrong the clock of this machine may be beside Salesforce's.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(10);

    /// <summary>Salesforce refuses a shorter span.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMinutes(2);

    /// <summary>A part of a read: what it gives, and where the read stands after that.</summary>
    private delegate IAsyncEnumerable<(Position, IReadOnlyList<SourceMessage>)> Phase(Position at, CancellationToken cancellationToken);

    private readonly QueryReader _queries = new(api);
    private readonly JobReader _jobs = new(api, clock);

    public async IAsyncEnumerable<SourceMessage> ReadAsync(Position? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = from ?? Position.Start;
        foreach (var phase in (Phase[])[BeginAsync, BackfillAsync, DeletedAsync, ChangedAsync, SharedAsync])
        {
            await foreach (var (reached, messages) in phase(at, cancellationToken))
            {
                foreach (var message in messages)
                {
                    yield return message;
                }
                at = reached;
                yield return Checkpoint.Of(at);
            }
        }
    }

    /// <summary>A few records at once, so that whoever wants to see some need not wait for a job, and the job for all.</summary>
    private async IAsyncEnumerable<(Position, IReadOnlyList<SourceMessage>)> BeginAsync(Position at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!stream.IsLarge || at != Position.Start)
        {
            yield break;
        }
        var began = clock.GetUtcNow() - ClockError;
        var query = Soql.Select(fields, stream.Type, stream.Where);
        var few = await _queries.AllAsync($"{query} LIMIT {Few}", cancellationToken: cancellationToken);
        var isAll = few.Count < Few;
        yield return (isAll ? Position.From(began) : at, await MessagesAsync(few, cancellationToken));
        if (!isAll)
        {
            var job = await _jobs.CreateAsync(query, cancellationToken);
            yield return (Position.From(Instant.Read(job.CreatedDate)) with { Job = job.Id }, []);
        }
    }

    private async IAsyncEnumerable<(Position, IReadOnlyList<SourceMessage>)> BackfillAsync(Position at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (at.Job is not { } job)
        {
            yield break;
        }
        var done = await _jobs.DoneAsync(job, cancellationToken);
        if (at.Locator is null && done.NumberRecordsProcessed is { } expected)
        {
            yield return (at, [new Expected(expected)]);
        }
        await foreach (var (rows, next) in _jobs.PagesAsync(job, at.Locator, fields, cancellationToken))
        {
            at = at with { Job = next is null ? null : job, Locator = next };
            yield return (at, await MessagesAsync(rows, cancellationToken));
        }
    }

    private async IAsyncEnumerable<(Position, IReadOnlyList<SourceMessage>)> DeletedAsync(Position at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (at.DeletedFrom is not { } from)
        {
            yield break;
        }
        var now = clock.GetUtcNow();
        var start = from < now - ShortestSpan ? from : now - ShortestSpan;
        var page = await api.Deleted(stream.Type, Instant.Write(start), Instant.Write(now), cancellationToken);
        if (Instant.Read(page.EarliestDateAvailable) > from)
        {
            throw new ConnectorException(ErrorKind.CursorExpired, $"Salesforce has forgotten what was deleted of {stream.Type} before {page.EarliestDateAvailable}, and the last run was at {Instant.Write(from)}.");
        }
        var covered = Instant.Read(page.LatestDateCovered);
        yield return (
            at with { DeletedFrom = covered > from ? covered : from },
            [.. page.DeletedRecords.Select(Mapping.Deleted)]);
    }

    private async IAsyncEnumerable<(Position, IReadOnlyList<SourceMessage>)> ChangedAsync(Position at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in _queries.PagesAsync(Soql.Since(fields, stream.Type, stream.Where, at.Changes.Begin()), cancellationToken: cancellationToken))
        {
            at = at with { Changes = at.Changes.After(page) };
            yield return (at, await MessagesAsync(page, cancellationToken));
        }
        yield return (at with { Changes = at.Changes with { Over = true } }, []);
    }

    private async IAsyncEnumerable<(Position, IReadOnlyList<SourceMessage>)> SharedAsync(Position at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (shares is null)
        {
            yield break;
        }
        await foreach (var page in shares.ChangesAsync(at.Shares.Begin(), cancellationToken))
        {
            List<SourceMessage> messages = [];
            foreach (var ids in page.Select(r => r.Required("OpportunityId")).Distinct().Chunk(IdsAQuery))
            {
                messages.AddRange(await MessagesAsync(await _queries.AllAsync(Soql.Select(fields, stream.Type, Soql.In("Id", ids)), cancellationToken: cancellationToken), cancellationToken));
            }
            at = at with { Shares = at.Shares.After(page) };
            yield return (at, messages);
        }
        yield return (at with { Shares = at.Shares with { Over = true } }, []);
    }

    private async Task<IReadOnlyList<SourceMessage>> MessagesAsync(IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        List<SourceMessage> messages = [];
        foreach (var some in rows.Chunk(IdsAQuery))
        {
            var shared = shares is null ? null : await shares.OfAsync(some.Select(r => r.Id), cancellationToken);
            messages.AddRange(some.Select(row => mapping.Message(stream, row, shared?[row.Id] ?? [])));
        }
        return messages;
    }
}
