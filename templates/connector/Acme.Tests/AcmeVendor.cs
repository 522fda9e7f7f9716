using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spm.Connectors;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;

namespace Acme.Tests;

/// <summary>The vendor as a stub that remembers: a log of changes, read by its number. Write yours from your vendor's documentation.</summary>
internal sealed class AcmeVendor : IVendor
{
    public const string Token = "token-0123456789";
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, Deal> _deals = [];
    private readonly SortedList<long, Deal> _log = [];
    private long _sequence;

    public AcmeVendor(StubServer server)
    {
        Server = server;
        server.Given(Request.Get("/deals")).RespondWith(r => r.Header("Authorization") == $"Bearer {Token}" ? Page(r) : Response.Status(401));
    }

    public StubServer Server { get; }

    public string? DropFolder => null;

    public void Fill(string stream, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Put(new Deal(0, $"D{i}", null, false, i == 7 ? Texts.Unicode : $"Deal {i}", $"{i}.50", "USD", "won", "2025-01-15", "7"));
        }
    }

    public IReadOnlyCollection<string> Keys(string stream) => [.. _deals.Values.Where(d => !d.Deleted).Select(d => d.Id)];

    public Money? Amount(string stream, string key) => new Money(decimal.Parse(_deals[key].Amount!, CultureInfo.InvariantCulture), _deals[key].Currency!);

    public string? Change(string stream)
    {
        Put(_deals["D3"] with { Amount = "99" });
        return "D3";
    }

    public string? Remove(string stream)
    {
        Put(_deals["D4"] with { Deleted = true });
        return "D4";
    }

    public WebhookRequest Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets)
    {
        var body = """{"event":"E1","deal":"D1"}"""u8.ToArray();
        var signature = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets["webhook_secret"]), body));
        return new WebhookRequest("POST", new Uri("https://spm.example/hooks/1"), new Dictionary<string, string> { ["X-Signature"] = signature }, body);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private void Put(Deal deal)
    {
        if (_deals.TryGetValue(deal.Id, out var old))
        {
            _log.Remove(old.Sequence);
        }
        _deals[deal.Id] = deal = deal with { Sequence = ++_sequence, ChangedAt = Start.AddSeconds(_sequence).ToString("O") };
        _log.Add(deal.Sequence, deal);
    }

    private Response Page(StubRequest request)
    {
        var (after, limit) = (long.Parse(request.Query("after")!, CultureInfo.InvariantCulture), int.Parse(request.Query("limit")!, CultureInfo.InvariantCulture));
        var (low, high) = (0, _log.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _log.Keys[middle] <= after ? (middle + 1, high) : (low, middle);
        }
        var deals = Enumerable.Range(low, Math.Min(limit, _log.Count - low)).Select(i => _log.Values[i]).ToList();
        return Response.Json(new DealPage(deals, low + limit < _log.Count));
    }
}
