using System.Security.Cryptography;
using Spm.Connectors;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections;

/// <summary>
/// Takes in what vendors deliver: verified on the bytes as they came, each delivery once, and only as a hint at what to read. What it is about is
/// read from the vendor, in a run.
/// </summary>
public sealed class WebhookCommands(ConnectionOpener opener, SpmStore store, TimeProvider clock)
{
    /// <summary>A delivery is known again for so long: no vendor repeats one after that.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromDays(7);

    /// <returns>How many streams will be read sooner.</returns>
    public async Task<Result<int>> ReceiveAsync(ConnectionRow connection, WebhookRequest request)
    {
        if (opener.PluginOf(connection) is not { Manifest.Webhooks: { } webhooks } plugin || !opener.SecretsOf(connection).TryGetValue(webhooks.Secret, out var secret))
        {
            return Refused("The connection takes no webhooks: its connector knows none, or the secret that they are signed with is not set.");
        }
        var now = clock.GetUtcNow();
        if (webhooks.Scheme.Verify(request, secret, now) is var verdict and not WebhookVerdict.Genuine)
        {
            return Refused($"The delivery is refused: {EnumNames.Of(verdict)}.");
        }
        var hints = await HintsAsync(connection, plugin, request);
        if (!hints.IsOk)
        {
            return hints.Error!;
        }
        return await store.Writer.WriteAsync<Result<int>>(session =>
        {
            var at = now.ToUnixTimeMilliseconds();
            session.Execute("delete from connection_delivery where connection = $1 and at < $2", connection.No, at - (long)Known.TotalMilliseconds);
            var streams = hints.Value.Where(h => IsNew(session, connection, h.DeliveryId ?? Sum(request), h.Stream, at)).Select(h => h.Stream).Distinct(StringComparer.Ordinal).ToList();
            streams.ForEach(stream => StreamTable.Hint(session, connection.No, stream));
            if (streams.Count > 0)
            {
                ConnectionTable.ScheduleBy(session, connection.No, at, RunCause.Webhook);
            }
            return streams.Count;
        });
    }

    private async Task<Result<IReadOnlyList<WebhookHint>>> HintsAsync(ConnectionRow connection, Spm.Connectors.Hosting.Plugins.Plugin plugin, WebhookRequest request)
    {
        try
        {
            var (open, _) = await opener.OpenAsync(connection, plugin, CancellationToken.None);
            await using (open)
            {
                var hints = (open as IWebhookReceiver)?.Receive(request) ?? [];
                return Result<IReadOnlyList<WebhookHint>>.Of([.. hints.Where(h => plugin.Manifest.Stream(h.Stream) is not null)]);
            }
        }
        catch (ConnectorException failure)
        {
            return new Error(ErrorCodes.BodyMalformed, failure.Message);
        }
    }

    /// <summary>One event may hint at several streams, so that its id stands for each.</summary>
    private static bool IsNew(SqlSession session, ConnectionRow connection, string delivery, string stream, long at) => session.Execute(
        "insert into connection_delivery (connection, id, at) values ($1, $2, $3) on conflict do nothing", connection.No, RecordBody.Storable($"{stream}/{delivery}"), at) == 1;

    private static string Sum(WebhookRequest request) => Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));

    private static Error Refused(string detail) => new(ErrorCodes.SignatureInvalid, detail);
}
