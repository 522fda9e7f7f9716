using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Spm.Bench.Connectors;

/// <summary>
/// HubSpot with so many won deals, a second apart, made up as they are asked for, 200 a page: its memory and its time are the same whichever page it is.
/// </summary>
internal sealed class HubSpotDeals(int count) : IAsyncDisposable
{
    public const int PageSize = 200;
    private const long Step = 1000;
    private static readonly long Start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private int _searches;
    private WebApplication? _app;

    public string Address { get; private set; } = "";

    public int Searches => Volatile.Read(ref _searches);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        Address = _app.Urls.First();
    }

    /// <summary>What is asked for to get the deals from one on.</summary>
    public static string Request(int from) =>
        $$"""{"filterGroups":[{"filters":[{"propertyName":"hs_lastmodifieddate","operator":"GTE","value":"{{Start + (from * Step)}}"}]}],"sorts":[],"properties":[],"limit":{{PageSize}}}""";

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(http.Request.Path.Value switch
        {
            "/account-info/v3/details" => """{"portalId":1,"uiDomain":"x"}""",
            "/crm/v3/objects/deals/search" => await SearchAsync(http.Request),
            _ => """{"results":[]}""",
        });
    }

    private async Task<string> SearchAsync(HttpRequest request)
    {
        Interlocked.Increment(ref _searches);
        using var body = await JsonDocument.ParseAsync(request.Body);
        var since = long.Parse(body.RootElement.GetProperty("filterGroups")[0].GetProperty("filters")[0].GetProperty("value").GetString()!, CultureInfo.InvariantCulture);
        var first = (int)Math.Max(0, (since - Start + Step - 1) / Step);
        var (from, to) = (first, Math.Min(first + PageSize, count));
        var page = new StringBuilder(PageSize * 400).Append(CultureInfo.InvariantCulture, $"{{\"total\":{Math.Max(0, count - first)},\"results\":[");
        for (var i = from; i < to; i++)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(Start + (i * Step)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            page.Append(i == from ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $"{{\"id\":\"{i + 1}\",\"properties\":{{\"dealname\":\"Deal {i}\",\"amount\":\"{i % 1000}.50\",\"dealstage\":\"won\",\"hs_is_closed\":\"true\",\"hs_is_closed_won\":\"true\",\"closedate\":\"2025-{1 + (i % 12):00}-15T12:00:00Z\",\"hubspot_owner_id\":\"7\",\"hs_lastmodifieddate\":\"{at}\",\"hs_object_id\":\"{i + 1}\"}},\"updatedAt\":\"{at}\",\"archived\":false}}");
        }
        page.Append(']');
        if (to < count)
        {
            page.Append(CultureInfo.InvariantCulture, $",\"paging\":{{\"next\":{{\"after\":\"{to - first}\"}}}}");
        }
        return page.Append('}').ToString();
    }
}
