using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Spm.Bench.Crashes;

/// <summary>
/// What a company does all day: transactions one by one and in files, quotas that are set anew, months that are closed, approved, claimed, paid and
/// acknowledged. What was not answered is sent again after the next start, under the same key. What was answered is remembered, to be asked for.
/// </summary>
/// <param name="goesOn">Callers go on after what was not answered: others may answer.</param>
internal sealed class CrashWork(int seed, bool goesOn = false)
{
    public const int Reps = 12, FirstYear = 2020, Years = 12;
    private const int RowsOfFile = 150;

    private readonly Random _dice = new(seed);
    private readonly ConcurrentQueue<string> _again = new();
    private (string Key, string[] Ids)? _file;
    private int _number;
    private int _month;
    private string? _batch;
    private PayrollRun? _payroll;

    private sealed record PayrollRun(string Claim, string Body);

    /// <summary>Transactions whose answer came, or whose file was worked off.</summary>
    public ConcurrentDictionary<string, byte> Acknowledged { get; } = new();

    /// <summary>Import jobs whose answer came, with their rows.</summary>
    public ConcurrentDictionary<string, string[]> Jobs { get; } = new();

    /// <summary>How often payroll has paid a payout: once, or never.</summary>
    public ConcurrentDictionary<string, int> Paid { get; } = new();

    /// <summary>Lines that payroll was told it has acknowledged.</summary>
    public ConcurrentDictionary<string, string> AcknowledgedLines { get; } = new();

    public int MonthsPaid => _month;

    public static async Task SetUpAsync(CrashApi api, string hook)
    {
        await api.ExpectAsync(HttpMethod.Put, "/v1/company", """{"name":"Crash","currency":"USD"}""", null, 200);
        for (var year = FirstYear; year < FirstYear + Years; year++)
        {
            await api.ExpectAsync(HttpMethod.Put, $"/v1/calendar/years/{year}", $$"""{"start":"{{year}}-01-01"}""", null, 200, 201);
        }
        await api.ExpectAsync(HttpMethod.Put, "/v1/plans/crm/ae", $$$"""
            {"plan":"ae","currency":"USD","versions":[{"effective_from":"{{{FirstYear}}}-01-01","measures":[{"id":"bookings","value":"amount","kinds":["order","refund"]}],
            "components":[{"id":"c","measure":"bookings","attainment_period":"year","quota":"full","rate_table":{"mode":"step","tiers":[{"from":0,"to":100,"rate":5},{"from":100,"rate":10}]}}]}]}
            """, null, 201);
        for (var rep = 0; rep < Reps; rep++)
        {
            await api.ExpectAsync(HttpMethod.Put, $"/v1/reps/hris/E{rep}", $$"""{"name":"Rep {{rep}}","plan":"ae"{{(rep > 0 ? ",\"manager\":\"E0\"" : "")}}}""", null, 201);
            for (var year = FirstYear; year < FirstYear + Years; year++)
            {
                await api.ExpectAsync(HttpMethod.Put, "/v1/quotas", $$"""{"rep":"E{{rep}}","measure":"bookings","period":"{{year}}","amount":"100000"}""", null, 200, 201);
            }
        }
        await api.ExpectAsync(HttpMethod.Post, "/v1/webhooks", $$"""{"url":"{{hook}}"}""", null, 201);
    }

    /// <summary>Until the end is called for, or nobody answers any more.</summary>
    public Task GoOnAsync(CrashApi api, CancellationToken killed) => Task.WhenAll(
        UntilAsync(killed, () => PostAsync(api)), UntilAsync(killed, () => PostAsync(api)), UntilAsync(killed, () => ImportAsync(api)),
        UntilAsync(killed, () => RecalculateAsync(api)), UntilAsync(killed, () => MonthAsync(api)));

    /// <summary>Sends again what was not answered, and ends what was begun.</summary>
    public async Task FinishAsync(CrashApi api)
    {
        while (!_again.IsEmpty)
        {
            await PostAsync(api);
        }
        if (_file is not null)
        {
            await ImportAsync(api);
        }
        // A month that was begun is paid, and one at least: a slow machine may not have come so far between two kills.
        while (_month < Years * 12 && (_batch is not null || Paid.IsEmpty))
        {
            await MonthAsync(api);
        }
    }

    private async Task PostAsync(CrashApi api)
    {
        var body = _again.TryDequeue(out var unanswered) ? unanswered : Transaction(Next());
        try
        {
            await api.ExpectAsync(HttpMethod.Post, "/v1/transactions", body, null, 200, 201);
        }
        catch (UnansweredException)
        {
            _again.Enqueue(body);
            throw;
        }
        Acknowledged[JsonDocument.Parse(body).RootElement.GetProperty("external_id").GetString()!] = 0;
    }

    private async Task ImportAsync(CrashApi api)
    {
        _file ??= (Guid.NewGuid().ToString("N"), [.. Enumerable.Range(0, RowsOfFile).Select(_ => Next())]);
        var (key, ids) = _file.Value;
        // The same file as before where it was not answered: what a number stands for never changes.
        var (status, job, _) = await api.SendAsync(HttpMethod.Post, "/v1/imports?entity=transactions&source=crm", string.Join('\n', ids.Select(Transaction)), key, null, "application/x-ndjson");
        Jobs[status == 202 ? job.GetProperty("id").GetString()! : throw new InvalidOperationException($"Import: {status} {job}")] = ids;
        _file = null;
        await Task.Delay(100);
    }

    private async Task RecalculateAsync(CrashApi api)
    {
        var (rep, year, amount) = Dice(d => (d.Next(Reps), FirstYear + d.Next(Years), 50_000 + d.Next(100_000)));
        await api.ExpectAsync(HttpMethod.Put, "/v1/quotas", $$"""{"rep":"E{{rep}}","measure":"bookings","period":"{{year}}","amount":"{{amount}}"}""", null, 200, 201);
        await Task.Delay(50);
    }

    /// <summary>One month to its end: each step finds what a crash has left of it.</summary>
    private async Task MonthAsync(CrashApi api)
    {
        if (_month >= Years * 12)
        {
            await Task.Delay(500);
            return;
        }
        var period = string.Create(CultureInfo.InvariantCulture, $"{FirstYear + (_month / 12)}-{(_month % 12) + 1:00}");
        if (_batch is null)
        {
            await api.ExpectAsync(HttpMethod.Post, $"/v1/periods/{period}/close", null, null, 200, 409);
            var (status, made, _) = await api.SendAsync(HttpMethod.Post, "/v1/payout-batches", $$"""{"period":"{{period}}"}""", "batch-" + period);
            _batch = status == 201 ? made.GetProperty("id").GetString() : null;
            _month += _batch is null ? 1 : 0;
            return;
        }
        if (_payroll is null)
        {
            var (_, batch, etag) = await api.SendAsync(HttpMethod.Get, $"/v1/payout-batches/{_batch}");
            if (batch.GetProperty("status").GetString() == "in_review")
            {
                await api.SendAsync(HttpMethod.Post, $"/v1/payout-batches/{_batch}/approve", null, null, etag);
            }
            var claim = await api.ExpectAsync(HttpMethod.Post, $"/v1/payout-batches/{_batch}/claim", """{"lease_seconds":3600}""", "claim-" + period, 200);
            Pay(claim, period);
        }
        await api.ExpectAsync(HttpMethod.Post, $"/v1/payout-batches/{_batch}/ack", _payroll!.Body, "ack-" + period, 200);
        foreach (var line in JsonDocument.Parse(_payroll.Body).RootElement.GetProperty("lines").EnumerateArray())
        {
            AcknowledgedLines[line.GetProperty("line").GetString()!] = _batch;
        }
        (_payroll, _batch) = (null, null);
        _month++;
    }

    /// <summary>Payroll pays whatever it is handed: it is the platform that must not hand a line out twice.</summary>
    private void Pay(JsonElement claim, string period)
    {
        var lines = claim.GetProperty("lines").EnumerateArray().ToList();
        foreach (var line in lines)
        {
            Paid.AddOrUpdate(line.GetProperty("payout").GetString()!, 1, (_, times) => times + 1);
        }
        _payroll = new PayrollRun(claim.GetProperty("claim").GetString()!, JsonSerializer.Serialize(new
        {
            claim = claim.GetProperty("claim").GetString(),
            lines = lines.Select(l => new { line = l.GetProperty("id").GetString(), result = "paid", reference = "run-" + period }),
        }));
    }

    private string Next() => "T" + Interlocked.Increment(ref _number);

    /// <summary>Always the same one for the same id.</summary>
    private static string Transaction(string id)
    {
        var dice = new Random(int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture));
        var day = new DateOnly(FirstYear, 1, 1).AddDays(dice.Next(Years * 365));
        return string.Create(CultureInfo.InvariantCulture, $$"""{"source":"crm","external_id":"{{id}}","kind":"order","date":"{{day:yyyy-MM-dd}}","amount":"{{dice.Next(100, 9000)}}.50","currency":"USD","rep":"E{{dice.Next(Reps)}}"}""");
    }

    private T Dice<T>(Func<Random, T> roll)
    {
        lock (_dice)
        {
            return roll(_dice);
        }
    }

    private async Task UntilAsync(CancellationToken end, Func<Task> act)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await act();
            }
            catch (UnansweredException) when (goesOn)
            {
                await Task.Delay(20, CancellationToken.None);
            }
            catch (UnansweredException)
            {
                return;
            }
        }
    }
}
