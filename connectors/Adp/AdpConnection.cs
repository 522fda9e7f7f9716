using System.Net;
using System.Net.Http.Json;

namespace Spm.Connectors.Adp;

/// <summary>
/// A company in ADP Workforce Now that pay data is added to. ADP tells nobody which batches it has, and takes one that is sent twice for two: what
/// was not answered stays unknown until a person has looked, and is never sent again before.
/// </summary>
internal sealed class AdpConnection(IAdpApi api, ConnectorContext context, HttpClient client) : IConnection, ISink
{
    private const int Page = 100;

    /// <summary>How often a batch is sent anew without the lines that were refused.</summary>
    private const int Attempts = 5;

    public async Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
    {
        var workers = await PageAsync(0, 1, cancellationToken);
        var code = workers.Select(Workers.Assignment).FirstOrDefault()?.PayrollGroupCode;
        return new CheckedAccount(code ?? "adp", code is null ? "ADP Workforce Now" : $"ADP Workforce Now, company code {code}");
    }

    public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DiscoveredStream>>([]);

    public async Task<WriteOutcome> PreviewAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var (entries, refused) = await EntriesAsync(batch, cancellationToken);
        return Outcome(batch, [.. refused, .. entries.Select(e => new LineOutcome(e.Line.Id, LineState.Absent))], entries.Sum(e => e.Line.Amount.Amount));
    }

    /// <summary>A batch in ADP for each company code. After one that was not answered no other is begun.</summary>
    public async Task<WriteOutcome> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var (entries, refused) = await EntriesAsync(batch, cancellationToken);
        List<LineOutcome> lines = [.. refused];
        var total = 0m;
        foreach (var company in entries.GroupBy(e => e.Assignment.PayrollGroupCode, StringComparer.Ordinal))
        {
            var (outcomes, recorded) = lines.Exists(l => l.State == LineState.Unknown)
                ? ([.. company.Select(e => new LineOutcome(e.Line.Id, LineState.Absent, Detail: "The batch of another company code was not answered."))], 0m)
                : await SendAsync(batch.Id, [.. company], cancellationToken);
            lines.AddRange(outcomes);
            total += recorded;
        }
        return Outcome(batch, lines, total);
    }

    /// <summary>What is asked about was sent, and ADP cannot be asked.</summary>
    public Task<WriteOutcome> GetStatusAsync(WriteBatch batch, CancellationToken cancellationToken) => Task.FromResult(
        Outcome(batch, [.. batch.Lines.Select(l => new LineOutcome(l.Id, LineState.Unknown, Detail: Look(batch.Id)))], 0));

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(IReadOnlyList<LineOutcome> Lines, decimal Recorded)> SendAsync(string batch, List<Entry> entries, CancellationToken cancellationToken)
    {
        List<LineOutcome> refused = [];
        for (var attempt = 1; entries.Count > 0; attempt++)
        {
            HttpResponseMessage response;
            try
            {
                response = await api.Modify(Mapping.Events(batch, entries), cancellationToken);
            }
            catch (Exception e) when (HttpFailure.Of(e).Kind is ErrorKind.Transient)
            {
                return ([.. refused, .. All(entries, LineState.Unknown, Look(batch))], 0);
            }
            using (response)
            {
                var body = await response.Content.ReadAsStringAsync(CancellationToken.None);
                if (response.IsSuccessStatusCode)
                {
                    return Taken(batch, entries, refused, body);
                }
                if (response.StatusCode >= HttpStatusCode.InternalServerError)
                {
                    return ([.. refused, .. All(entries, LineState.Unknown, Look(batch))], 0);
                }
                // Refused as a whole: nothing of it is there.
                var refusal = Refusal.Read(body);
                var named = entries.Where(e => refusal.About(e) is not null).ToList();
                if (named.Count == 0 || attempt == Attempts)
                {
                    return ([.. refused, .. All(entries, LineState.Absent, $"ADP answers {(int)response.StatusCode}: {refusal.Text}")], 0);
                }
                refused.AddRange(named.Select(e => new LineOutcome(e.Line.Id, LineState.Rejected, Detail: refusal.About(e))));
                entries = [.. entries.Except(named)];
            }
        }
        return (refused, 0);
    }

    private static (IReadOnlyList<LineOutcome> Lines, decimal Recorded) Taken(string batch, List<Entry> entries, List<LineOutcome> refused, string body)
    {
        try
        {
            if (System.Text.Json.JsonSerializer.Deserialize<PayDataEvents>(body, AdpConnector.Json) is { Events.Count: > 0 } answer)
            {
                return ([.. refused, .. All(entries, LineState.Accepted, null, Mapping.Reference(answer))], Mapping.Recorded(answer));
            }
        }
        catch (System.Text.Json.JsonException)
        {
            // It was taken for a success and says nothing: somebody has to look.
        }
        return ([.. refused, .. All(entries, LineState.Unknown, Look(batch))], 0);
    }

    private static IEnumerable<LineOutcome> All(List<Entry> entries, LineState state, string? detail, string? reference = null) =>
        entries.Select(e => new LineOutcome(e.Line.Id, state, reference, detail));

    private static string Look(string batch) =>
        $"ADP did not answer and cannot be asked: look there for a pay data batch whose name begins with {batch}, and acknowledge the lines as paid if it is there, and as failed if it is not.";

    private static WriteOutcome Outcome(WriteBatch batch, IReadOnlyList<LineOutcome> lines, decimal total) => new(lines, new Money(total, batch.Total.Currency));

    private async Task<(IReadOnlyList<Entry> Entries, IReadOnlyList<LineOutcome> Refused)> EntriesAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        List<Worker> workers = [];
        while (await PageAsync(workers.Count, Page, cancellationToken) is { Count: > 0 } page)
        {
            workers.AddRange(page);
            if (page.Count < Page)
            {
                break;
            }
        }
        return Mapping.Entries(batch, new Workers(workers, context.Config.TextOrNull("workers_by") ?? "file_number"), context.Config.Text("earning_code"));
    }

    private async Task<IReadOnlyList<Worker>> PageAsync(int skip, int top, CancellationToken cancellationToken)
    {
        using var response = await api.Workers(top, skip, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return [];
        }
        if (await HttpFailure.OfAsync(response, context.Clock) is { } failure)
        {
            throw failure;
        }
        return (await response.Content.ReadFromJsonAsync<WorkerPage>(AdpConnector.Json, cancellationToken))?.Workers ?? [];
    }
}
