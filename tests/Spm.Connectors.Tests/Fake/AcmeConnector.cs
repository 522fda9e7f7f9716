using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;

namespace Spm.Connectors.Tests.Fake;

/// <summary>Ways to get a connector wrong that nobody notices by reading a few records.</summary>
public enum Mutation
{
    None,
    DropsAPage,
    ChecksPointsEarly,
    Swallows429,
    LogsASecret,
    LogsASecretInTheCheck,
    ChecksNothing,
    StopsAfterALongPage,
    PutsASecretIntoAnError,
    ForgetsDeletions,
    LosesUnicode,
    KeepsEverythingInMemory,
    PaysAgain,
    TakesALostAnswerForARefusal,
    CallsAuthTransient,
    ReadsAPageForEver,
    ReadsTimesAsLocal,
    TellsTheTimeOfTheRead,
    TakesCentsForUnits,
    CannotBeCancelled,
    LogsASecretOfAWebhook,
    LogsASecretOfAWrite,
}

/// <summary>A connector to an invented vendor, correct unless it is mutated.</summary>
public sealed class AcmeConnector(Mutation mutation) : IConnector
{
    public AcmeConnector()
        : this(Mutation.None)
    {
    }

    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IConnection>(new AcmeConnection(context, mutation));
}

internal sealed record AcmeDeal(long Seq, string Id, string Name, decimal Amount, bool Deleted);

internal sealed record AcmePage(List<AcmeDeal> Deals, bool More);

internal sealed record AcmeLine(string Id, decimal Amount);

internal sealed class AcmeConnection(ConnectorContext context, Mutation mutation) : IConnection, ISource, ISink, IWebhookReceiver
{
    private readonly List<AcmeDeal> _hoard = [];

    public async Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
    {
        if (mutation == Mutation.LogsASecretInTheCheck)
        {
            context.Log.Write(LogLevel.Info, $"Checking {context.Secrets.Get("token")}.");
        }
        if (mutation != Mutation.ChecksNothing)
        {
            await GetAsync<AcmePage>("/deals?after=0", cancellationToken);
        }
        return new CheckedAccount("acme", "Acme");
    }

    public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DiscoveredStream>>([new DiscoveredStream("deals", [new("id", "string"), new("amount", "number")])]);

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = request.From?.Read<long>() ?? 0;
        if (mutation == Mutation.LogsASecret)
        {
            context.Log.Write(LogLevel.Info, $"Reading with {context.Secrets.Get("token")}.");
        }
        for (var number = 1; ; number++)
        {
            var page = await PageAsync(after, cancellationToken);
            var last = page.Deals.Count == 0 ? after : page.Deals[^1].Seq;
            if (mutation == Mutation.ChecksPointsEarly)
            {
                yield return Checkpoint.Of(last);
            }
            foreach (var deal in mutation == Mutation.DropsAPage && number == 2 ? [] : page.Deals)
            {
                if (mutation == Mutation.KeepsEverythingInMemory)
                {
                    _hoard.Add(deal with { Name = new string('x', 500) });
                }
                var time = Time(deal.Seq);
                if (!deal.Deleted)
                {
                    var name = mutation == Mutation.LosesUnicode ? new string([.. deal.Name.Where(char.IsAscii)]) : deal.Name;
                    yield return SourceRecord.Of(deal.Id, time, new Opportunity { Name = name, Amount = new Money(mutation == Mutation.TakesCentsForUnits ? deal.Amount * 100 : deal.Amount, "USD"), Status = OpportunityStatus.Won });
                }
                else if (mutation != Mutation.ForgetsDeletions)
                {
                    yield return SourceRecord.Gone(deal.Id, time);
                }
            }
            after = mutation == Mutation.ReadsAPageForEver && !page.More ? after : last;
            yield return Checkpoint.Of(after);
            if (mutation == Mutation.ReadsAPageForEver)
            {
                continue;
            }
            if (!page.More || (mutation == Mutation.StopsAfterALongPage && page.Deals.Count > 100))
            {
                yield break;
            }
        }
    }

    public Task<WriteOutcome> PreviewAsync(WriteBatch batch, CancellationToken cancellationToken) =>
        Task.FromResult(new WriteOutcome([.. batch.Lines.Select(l => new LineOutcome(l.Id, LineState.Absent))], batch.Total));

    public async Task<WriteOutcome> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        if (mutation == Mutation.LogsASecretOfAWrite)
        {
            context.Log.Write(LogLevel.Info, $"Paying with {context.Secrets.Get("token")}.");
        }
        var there = await GetAsync<List<AcmeLine>>("/payouts", cancellationToken);
        List<LineOutcome> outcomes = [];
        foreach (var line in batch.Lines)
        {
            outcomes.Add(there.Exists(t => t.Id == line.Id) && mutation != Mutation.PaysAgain
                ? new LineOutcome(line.Id, LineState.Accepted)
                : await WriteAsync(line, cancellationToken));
        }
        return new WriteOutcome(outcomes, batch.Total);
    }

    public async Task<WriteOutcome> GetStatusAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var there = await GetAsync<List<AcmeLine>>("/payouts", cancellationToken);
        return new WriteOutcome(
            [.. batch.Lines.Select(l => new LineOutcome(l.Id, there.Exists(t => t.Id == l.Id) ? LineState.Accepted : LineState.Absent))],
            new Money(there.Where(t => batch.Lines.Any(l => l.Id == t.Id)).Sum(t => t.Amount), batch.Total.Currency));
    }

    public IReadOnlyList<WebhookHint> Receive(WebhookRequest request)
    {
        if (mutation == Mutation.LogsASecretOfAWebhook)
        {
            context.Log.Write(LogLevel.Info, $"A delivery for {context.Secrets.Get("hook")}.");
        }
        return request.Body.Span.StartsWith("deal:"u8) ? [new WebhookHint("deals", System.Text.Encoding.UTF8.GetString(request.Body.Span[5..]), null)] : [];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<LineOutcome> WriteAsync(PayoutLine line, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(HttpMethod.Post, "/payouts");
            request.Content = JsonContent.Create(new AcmeLine(line.Id, line.Amount.Amount));
            using var response = await context.Http.SendAsync(request, cancellationToken);
            return new LineOutcome(line.Id, response.IsSuccessStatusCode ? LineState.Accepted : LineState.Rejected);
        }
        catch (HttpRequestException e)
        {
            return new LineOutcome(line.Id, mutation == Mutation.TakesALostAnswerForARefusal ? LineState.Rejected : LineState.Unknown, Detail: e.Message);
        }
    }

    private DateTimeOffset Time(long seq) => mutation switch
    {
        Mutation.ReadsTimesAsLocal => new DateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(seq).DateTime),
        Mutation.TellsTheTimeOfTheRead => context.Clock.GetUtcNow(),
        _ => DateTimeOffset.FromUnixTimeSeconds(seq),
    };

    private async Task<AcmePage> PageAsync(long after, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync<AcmePage>(string.Create(CultureInfo.InvariantCulture, $"/deals?after={after}"), mutation == Mutation.CannotBeCancelled ? CancellationToken.None : cancellationToken);
        }
        catch (ConnectorException e) when (mutation == Mutation.Swallows429 && e.Kind == ErrorKind.RateLimited)
        {
            return new AcmePage([], false);
        }
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        using var response = await context.Http.SendAsync(request, cancellationToken);
        if (await HttpFailure.OfAsync(response, context.Clock) is ConnectorException failure)
        {
            throw mutation switch
            {
                Mutation.CallsAuthTransient => new ConnectorException(ErrorKind.Transient, failure.Message),
                Mutation.PutsASecretIntoAnError => new ConnectorException(failure.Kind, $"{failure.Message} with {context.Secrets.Get("token")}") { RetryAfter = failure.RetryAfter },
                _ => failure,
            };
        }
        return (await response.Content.ReadFromJsonAsync<T>(cancellationToken))!;
    }

    private HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, path) { Headers = { Authorization = new("Bearer", context.Secrets.Get("token")) } };
}
