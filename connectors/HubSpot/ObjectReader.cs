using System.Globalization;
using System.Runtime.CompilerServices;

namespace Spm.Connectors.HubSpot;

/// <summary>
/// Reads all objects of a type by search, in the order of hs_lastmodifieddate. Each page is a search of its own that begins at the last change
/// that was seen: HubSpot's own paging counts results, so an object that is changed while it is read would move to the end, and another one up
/// into the page that has been read already; and it ends at 10,000. A page begins with that change and not after it: others of the same
/// millisecond may follow. If a whole page lies within one millisecond, which bulk imports do, that millisecond is read by id.
/// </summary>
internal sealed class ObjectReader(IHubSpotApi api, string type, IReadOnlyList<string> properties, Func<HubSpotObject, string?, SourceMessage> map)
{
    internal const int PageSize = 200;
    internal const int ArchivePageSize = 100;
    private const string Id = "hs_object_id";
    private static readonly long Lookback = (long)TimeSpan.FromMinutes(5).TotalMilliseconds;

    public async IAsyncEnumerable<SourceMessage> ReadAsync(Position at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (at.Done)
        {
            var from = Math.Max(0, at.From - Lookback);
            at = new Position { From = from, ArchivedFrom = from };
        }
        HashSet<string> given = [];
        while (!at.InArchive)
        {
            var page = await api.Search(type, Request(at), cancellationToken);
            if (at.From == 0 && page.Total is { } total)
            {
                yield return new Expected(total);
            }
            var fresh = page.Results.Where(o => !given.Contains(o.Id) || At(o) != at.From).ToList();
            var deals = await DealsAsync(fresh, cancellationToken);
            foreach (var found in fresh)
            {
                yield return map(found, deals?.GetValueOrDefault(found.Id));
            }
            at = Next(at, page.Results, last: page.Paging?.Next?.After is null);
            // What the next page begins with has been given.
            given = [.. page.Results.Reverse().TakeWhile(o => At(o) == at.From).Select(o => o.Id)];
            yield return Checkpoint.Of(at);
        }
        await foreach (var message in ArchiveAsync(at, cancellationToken))
        {
            yield return message;
        }
    }

    /// <summary>Where to go on after a page.</summary>
    private static Position Next(Position at, IReadOnlyList<HubSpotObject> page, bool last)
    {
        if (at.AfterId is { } id)
        {
            // By id within a millisecond: at its end, time goes on.
            return last ? at with { From = at.From + 1, AfterId = null } : at with { AfterId = Further(id, page.Count == 0 ? id : IdOf(page[^1])) };
        }
        var reached = page.Reverse().Select(At).FirstOrDefault(changed => changed is not null) is { } changed ? at with { From = changed } : at;
        return last ? reached with { InArchive = true }
            : reached.From == at.From ? reached with { AfterId = 0 }
            : at with { From = Further(at.From, reached.From) };
    }

    /// <summary>An answer that leads nowhere would be asked for without end.</summary>
    private static long Further(long from, long to) => to > from ? to
        : throw new ConnectorException(ErrorKind.RemoteBug, $"HubSpot has more than it shows, and does not go on after {from.ToString(CultureInfo.InvariantCulture)}.");

    private SearchRequest Request(Position at)
    {
        var from = at.From.ToString(CultureInfo.InvariantCulture);
        Filter[] filters = at.AfterId is { } id
            ? [new Filter(Mapping.Modified, "EQ", from), new Filter(Id, "GT", id.ToString(CultureInfo.InvariantCulture))]
            : [new Filter(Mapping.Modified, "GTE", from)];
        var sort = new Sort(at.AfterId is null ? Mapping.Modified : Id, "ASCENDING");
        return new SearchRequest([new FilterGroup(filters)], [sort], properties, PageSize);
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
            foreach (var gone in page.Results.Select(Mapping.Gone).Where(g => g is not SourceRecord { UpdatedAt: { } archived } || archived.ToUnixTimeMilliseconds() >= at.ArchivedFrom))
            {
                yield return gone;
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

    private static long? At(HubSpotObject found) => Mapping.ModifiedAt(found)?.ToUnixTimeMilliseconds();

    private static long IdOf(HubSpotObject found) => long.TryParse(found.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new ConnectorException(ErrorKind.RemoteBug, $"HubSpot's id '{found.Id}' is no number.");
}
