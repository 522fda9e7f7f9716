using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Spm.Connectors.Stripe;

/// <summary>
/// A Stripe account. Lists come newest first, so everything is read in windows of time, each from its newest object to its oldest, and a
/// checkpoint stands between windows. Once all objects have been read by when they were made, changes are read from events.
/// </summary>
internal sealed class StripeConnection(IStripeApi api, ConnectorContext context) : IConnection, ISource, IWebhookReceiver
{
    internal const int PageSize = 100;

    /// <summary>Stripe keeps events for 30 days; a run that comes later than this reads everything again.</summary>
    internal static readonly TimeSpan EventsKept = TimeSpan.FromDays(29);

    private static readonly TimeSpan Lookback = TimeSpan.FromMinutes(5);

    /// <summary>Windows grow while they hold little and shrink while they hold much, within these bounds.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Pages that one window should hold at most: what a kill costs.</summary>
    private const int PagesAWindow = 1;

    private static readonly Dictionary<string, string[]> EventTypes = new()
    {
        ["invoices"] =
        [
            "invoice.created", "invoice.updated", "invoice.finalized", "invoice.paid", "invoice.voided", "invoice.marked_uncollectible",
            "invoice.deleted",
        ],
        ["payments"] = ["invoice.paid"],
        ["refunds"] = ["refund.created", "refund.updated", "refund.failed"],
    };

    /// <summary>Objects made, or from <paramref name="Changes"/> on events, before this second have been read.</summary>
    private sealed record Position(long UpTo, long Began, bool Changes);

    public async Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
    {
        var account = await api.Account(cancellationToken);
        return new CheckedAccount(account.Id, account.Profile?.Name ?? account.Id);
    }

    /// <summary>Stripe's fields are those of the pinned version.</summary>
    public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DiscoveredStream>>(
            [.. Mapping.Fields.Select(s => new DiscoveredStream(s.Key, [.. s.Value.Select(f => new DiscoveredField(f, "json"))]))]);

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!EventTypes.ContainsKey(request.Stream))
        {
            throw new ConnectorException(ErrorKind.Config, $"Stripe has no stream '{request.Stream}'.");
        }
        var now = context.Clock.GetUtcNow().ToUnixTimeSeconds() + 1;
        var at = request.From?.Read<Position>() ?? new Position(Since(), now, Changes: false);
        if (!at.Changes)
        {
            await foreach (var message in BackfillAsync(request.Stream, at, cancellationToken))
            {
                yield return message;
            }
            // What changed while the objects were read is told by events since the beginning.
            at = new Position(at.Began - (long)Lookback.TotalSeconds, at.Began, Changes: true);
        }
        if (now - at.UpTo > EventsKept.TotalSeconds)
        {
            throw new ConnectorException(ErrorKind.CursorExpired, "Stripe no longer has the events since the last run.");
        }
        await foreach (var message in ChangesAsync(request.Stream, at, now, cancellationToken))
        {
            yield return message;
        }
    }

    public IReadOnlyList<WebhookHint> Receive(WebhookRequest request)
    {
        try
        {
            var said = JsonSerializer.Deserialize<Event>(request.Body.Span, JsonSerializerOptions.Web);
            return [.. EventTypes.Where(t => said?.Type is { } type && t.Value.Contains(type)).Select(t => new WebhookHint(t.Key, Mapping.IdOf(said!.Data.Object), said.Id))];
        }
        catch (Exception e) when (e is JsonException or NullReferenceException)
        {
            throw new ConnectorException(ErrorKind.DataInvalid, "The delivery is no event of Stripe.", e);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async IAsyncEnumerable<SourceMessage> BackfillAsync(string stream, Position at, [EnumeratorCancellation] CancellationToken token)
    {
        var window = TimeSpan.FromDays(1);
        while (at.UpTo < at.Began)
        {
            var to = Math.Min(at.Began, at.UpTo + (long)window.TotalSeconds);
            var pages = 0;
            string? after = null;
            do
            {
                // What came for an invoice stands with it.
                var page = await api.List(stream == "payments" ? "invoices" : stream, PageSize, at.UpTo, to, after, token);
                if (page.HasMore && pages == 0 && window > Shortest)
                {
                    // Too much for one window: nothing of it has been given yet, so a shorter one is asked for.
                    break;
                }
                foreach (var message in page.Data.Select(found => Mapping.Message(stream, found, null)).OfType<SourceMessage>())
                {
                    yield return message;
                }
                pages++;
                after = Next(page);
            }
            while (after is not null);
            if (pages > 0)
            {
                at = at with { UpTo = to };
                yield return Checkpoint.Of(at);
            }
            window = pages == 0 ? Max(window / 4, Shortest) : pages <= PagesAWindow ? Min(window * 2, Longest) : window;
        }
    }

    /// <summary>
    /// Events come newest first, and the store keeps the newest of an object. Of those within one second, which it cannot tell apart, only
    /// the first is given.
    /// </summary>
    private async IAsyncEnumerable<SourceMessage> ChangesAsync(string stream, Position at, long now, [EnumeratorCancellation] CancellationToken token)
    {
        string? after = null;
        var since = Since();
        var (second, given) = ((DateTimeOffset?)null, new HashSet<string>());
        do
        {
            var asked = new HashSet<string>();
            var page = await api.Events(PageSize, EventTypes[stream], at.UpTo - (long)Lookback.TotalSeconds, now, after, token);
            foreach (var told in page.Data)
            {
                var said = told.Deserialize<Event>(JsonSerializerOptions.Web)!;
                if (new ObjectFields(told).Time("created") is not { } time)
                {
                    yield return Mapping.Timeless(stream, told, said.Data.Object);
                    continue;
                }
                if (time != second)
                {
                    second = time;
                    given.Clear();
                }
                if (!given.Add(Mapping.IdOf(said.Data.Object) ?? said.Id))
                {
                    continue;
                }
                if (await ChangeAsync(stream, said, time, since, asked, token) is { } message)
                {
                    yield return message;
                }
            }
            after = Next(page);
        }
        while (after is not null);
        yield return Checkpoint.Of(at with { UpTo = now });
    }

    /// <summary>Where a list goes on: after the last object that has a name. Null where it does not.</summary>
    private static string? Next(StripeList<JsonElement> page) => !page.HasMore ? null
        : page.Data.Reverse().Select(Mapping.IdOf).FirstOrDefault(id => id is not null) ?? throw new ConnectorException(ErrorKind.RemoteBug, "Stripe has more and does not say where.");

    /// <summary>
    /// What an event says. One in another version than is asked for may lack what this one has, as an invoice its charge, under which its payment would be
    /// another: the object is asked for instead, as it stands, once a page.
    /// </summary>
    private async Task<SourceMessage?> ChangeAsync(string stream, Event said, DateTimeOffset time, long since, HashSet<string> asked, CancellationToken token)
    {
        var id = Mapping.IdOf(said.Data.Object);
        if (Mapping.MadeAt(said.Data.Object) < since)
        {
            // Made before the day from which objects count, as a backfill has it.
            return null;
        }
        if (said.Type.EndsWith(".deleted", StringComparison.Ordinal))
        {
            return SourceRecord.Gone(id ?? said.Id, time);
        }
        if (id is null || said.ApiVersion is null or IStripeApi.Version)
        {
            return Mapping.Message(stream, said.Data.Object, time);
        }
        if (!asked.Add(id))
        {
            return null;
        }
        try
        {
            return Mapping.Message(stream, await api.One(stream == "payments" ? "invoices" : stream, id, token), time);
        }
        catch (ConnectorException e) when (e.Kind == ErrorKind.Config)
        {
            // It is no more, as a draft that was deleted: the event of that says so.
            return null;
        }
    }

    private long Since() => new DateTimeOffset(
        DateOnly.ParseExact(context.Config.Text("since"), "yyyy-MM-dd", CultureInfo.InvariantCulture).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds();

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
