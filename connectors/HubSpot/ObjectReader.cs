using System.Globalization;
using System.Runtime.CompilerServices;

namespace Spm.Connectors.HubSpot;

/// <summary>
/// Reads all objects of a type by search, in the order of hs_lastmodifieddate. A search ends at 10,000 results, so the next one begins at
/// the last change that was seen. It begins with it and not after it: others of the same millisecond may follow, and what comes twice is
/// harmless. If a whole window lies within one millisecond, which bulk imports do, that millisecond is read by id.
/// </summary>
internal sealed class ObjectReader(IHubSpotApi api, string type, IReadOnlyList<string> properties, Func<HubSpotObject, string?, SourceMessage> map)
{
    internal const int PageSize = 200;
    internal const int ArchivePageSize = 100;
    internal const int Ceiling = 10_000;
    private const string Id = "hs_object_id";
    private static readonly long Lookback = (long)TimeSpan.FromMinutes(5).TotalMilliseconds;

    public async IAsyncEnumerable<SourceMessage> ReadAsync(Position at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (at.Done)
        {
            var from = Math.Max(0, at.From - Lookback);
            at = new Position { From = from, ArchivedFrom = from };
        }
        while (!at.InArchive)
        {
            var read = 0;
            string? after = null;
            var began = at;
            do
            {
                var page = await api.Search(type, Request(began, after), cancellationToken);
                if (began.From == 0 && after is null && page.Total is { } total)
                {
                    yield return new Expected(total);
                }
                var deals = await DealsAsync(page.Results, cancellationToken);
                foreach (var found in page.Results)
                {
                    yield return map(found, deals?.GetValueOrDefault(found.Id));
                }
                read += page.Results.Count;
                after = page.Paging?.Next?.After;
                at = Next(began, at, page.Results, last: after is null, full: read >= Ceiling);
                yield return Checkpoint.Of(at);
            }
            while (after is not null && read < Ceiling);
        }
        await foreach (var message in ArchiveAsync(at, cancellationToken))
        {
            yield return message;
        }
    }

    /// <summary>Where to go on after a page.</summary>
    private static Position Next(Position began, Position at, IReadOnlyList<HubSpotObject> page, bool last, bool full)
    {
        if (began.AfterId is not null)
        {
            // By id within a millisecond: at its end, time goes on.
            return last ? began with { From = began.From + 1, AfterId = null } : page.Count == 0 ? at : began with { AfterId = IdOf(page[^1]) };
        }
        var reached = page.Count == 0 ? at : at with { From = Mapping.ModifiedAt(page[^1]).ToUnixTimeMilliseconds() };
        return last ? reached with { InArchive = true }
            : full && reached.From == began.From ? reached with { AfterId = 0 }
            : reached;
    }

    private SearchRequest Request(Position at, string? after)
    {
        var from = at.From.ToString(CultureInfo.InvariantCulture);
        Filter[] filters = at.AfterId is { } id
            ? [new Filter(Mapping.Modified, "EQ", from), new Filter(Id, "GT", id.ToString(CultureInfo.InvariantCulture))]
            : [new Filter(Mapping.Modified, "GTE", from)];
        var sort = new Sort(at.AfterId is null ? Mapping.Modified : Id, "ASCENDING");
        return new SearchRequest([new FilterGroup(filters)], [sort], properties, PageSize, after);
    }

    private async Task<Dictionary<string, string>?> DealsAsync(IReadOnlyList<HubSpotObject> page, CancellationToken cancellationToken)
    {
        if (type != "line_items" || page.Count == 0)
        {
            return null;
        }
        var request = new AssociationRequest([.. page.Select(o => new ObjectId(o.Id))]);
        var found = await api.Associations(type, "deals", request, cancellationToken);
        return found.Results.Where(a => a.To.Count > 0)
            .ToDictionary(a => a.From.Id, a => a.To[0].ToObjectId.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>HubSpot lists what was archived in no useful order, and forgets it after 90 days.</summary>
    private async IAsyncEnumerable<SourceMessage> ArchiveAsync(Position at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await api.Archived(type, ArchivePageSize, at.After, cancellationToken);
            foreach (var gone in page.Results.Where(o => o.ArchivedAt is null || o.ArchivedAt.Value.ToUnixTimeMilliseconds() >= at.ArchivedFrom))
            {
                yield return SourceRecord.Gone(gone.Id, gone.ArchivedAt);
            }
            at = at with { After = page.Paging?.Next?.After };
            if (at.After is not null)
            {
                yield return Checkpoint.Of(at);
            }
        }
        while (at.After is not null);
        yield return Checkpoint.Of(at with { Done = true });
    }

    private static long IdOf(HubSpotObject found) => long.TryParse(found.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new ConnectorException(ErrorKind.RemoteBug, $"HubSpot's id '{found.Id}' is no number.");
}
