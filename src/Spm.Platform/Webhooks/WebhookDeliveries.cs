using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spm.Platform.AuditTrail;
using Spm.Platform.Hosts;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Webhooks;

/// <summary>
/// Delivers events of the tenants that this host has: at least once, those of one subject in their order, several subjects at once. What waits stands
/// in the store; a host that ends leaves it there for the next one, and an answer that was not noted any more is asked for again.
/// </summary>
public sealed partial class WebhookDeliveries(SpmStore store, TenantHosts hosts, WebhookSender sender, RecordClock clock, ILogger<WebhookDeliveries> log) : BackgroundService
{
    /// <summary>To one webhook: a slow receiver keeps nobody else waiting.</summary>
    private const int AtOnce = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(long Webhook, long Event), byte> _onTheWay = new();
    private readonly ConcurrentDictionary<long, Rest> _rests = new();
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>A receiver that does not answer well is left alone for a moment that grows, whatever else waits for it.</summary>
    private sealed record Rest(int Failures, long Until);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sweepAt = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (hosts.IsSure)
                {
                    var now = clock.GetUtcNow();
                    Start(now.ToUnixTimeMilliseconds(), stoppingToken);
                    if (now >= sweepAt)
                    {
                        sweepAt = now + SweepEvery;
                        await store.Writer.WriteAsync(s => EventTable.Sweep(s, now.AddDays(-Limits.EventDays).ToUnixTimeMilliseconds()));
                    }
                }
                await _wake.WaitAsync(Pause, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Stumbled(log, failure);
                await Task.Delay(Pause, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Start(long now, CancellationToken stopping)
    {
        foreach (var webhook in store.Read(s => WebhookTable.Due(s, now)).Where(w => hosts.Has(w.Tenant) && !(_rests.GetValueOrDefault(w.No)?.Until > now)))
        {
            // Looked at before the store: one that arrives between the two still stands in what was read, and would be sent again.
            var onTheWay = _onTheWay.Keys.Where(k => k.Webhook == webhook.No).Select(k => k.Event).ToHashSet();
            foreach (var row in store.Read(s => DeliveryTable.Due(s, webhook.No, now, AtOnce)).Where(r => !onTheWay.Contains(r.Event.Seq)).Take(AtOnce - onTheWay.Count))
            {
                _onTheWay[(webhook.No, row.Event.Seq)] = 0;
                _ = Task.Run(() => DeliverAsync(webhook, row, stopping), CancellationToken.None);
            }
        }
    }

    private async Task DeliverAsync(WebhookRow webhook, DeliveryRow row, CancellationToken stopping)
    {
        try
        {
            var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var attempted = await sender.SendAsync(webhook, row.Event, store.Read(s => WebhookTable.Secrets(s, webhook.No, at)), stopping);
            await NoteAsync(webhook, row, attempted);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Sent or not: it is sent again.
        }
        catch (Exception failure)
        {
            Stumbled(log, failure);
        }
        finally
        {
            _onTheWay.TryRemove((webhook.No, row.Event.Seq), out _);
            Wake();
        }
    }

    /// <summary>Not waited for on the disk: what a loss of power takes back is sent again.</summary>
    private async Task NoteAsync(WebhookRow webhook, DeliveryRow row, Attempted attempted)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Telemetry.Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", attempted.Arrived ? "delivered" : attempted.Answer is null ? "unreachable" : "refused"));
        _rests[webhook.No] = attempted.Arrived ? new Rest(0, 0) : Resting(webhook.No, now);
        var pause = RetrySchedule.After(row.Attempts + 1, Random.Shared.NextDouble(), attempted.RetryAfter);
        var status = attempted.Arrived ? DeliveryStatus.Delivered : attempted.Answer == 410 || pause is null ? DeliveryStatus.Failed : DeliveryStatus.Waiting;
        var reason = await store.Writer.WriteAsync(session =>
        {
            DeliveryTable.Note(session, webhook.No, row, status, now + (long)(pause?.TotalMilliseconds ?? 0), new DeliveryAttempt(0, now, (long)attempted.Took.TotalMilliseconds, attempted.Answer, attempted.Detail));
            return status == DeliveryStatus.Failed ? Disable(session, webhook, row, attempted, now) : null;
        }, Durability.Derived);
        if (reason is not null)
        {
            Disabled(log, webhook.Id, reason);
        }
    }

    private Rest Resting(long webhook, long now)
    {
        var failures = Math.Min((_rests.GetValueOrDefault(webhook)?.Failures ?? 0) + 1, 6);
        return new Rest(failures, now + (500L << failures));
    }

    /// <summary>A receiver that says it is gone, or that has taken nothing for as long as anything is tried, is not asked any more.</summary>
    /// <returns>Why; null where it stays enabled.</returns>
    private static string? Disable(SqlSession session, WebhookRow tried, DeliveryRow row, Attempted attempted, long now)
    {
        var since = DeliveryTable.Attempts(session, tried.No, row.Event.Seq) is [var first, ..] ? first.At : now;
        var reason = attempted.Answer == 410 ? WebhookRow.Gone : DeliveryTable.AnyDelivered(session, tried.No, since) ? null : WebhookRow.Failing;
        // Sent elsewhere meanwhile, or disabled already: what was said of the old address counts no more.
        if (reason is null || WebhookTable.Find(session, tried.Tenant, tried.Id) is not { Status: WebhookStatus.Enabled } webhook || webhook.Url != tried.Url)
        {
            return null;
        }
        var after = webhook with { Status = WebhookStatus.Disabled, Reason = reason, UpdatedAt = now };
        WebhookTable.Update(session, after);
        AuditTable.Append(
            session, webhook.Tenant, AuditTable.Platform, "webhook.disable", webhook.Id, "",
            AuditTable.Text(WebhookView.Of(webhook, [])), AuditTable.Text(WebhookView.Of(after, [])), now);
        return reason;
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }

    [LoggerMessage(LogLevel.Error, "Events were not delivered and will be tried again.")]
    private static partial void Stumbled(ILogger logger, Exception failure);

    [LoggerMessage(LogLevel.Warning, "Webhook {Webhook} is disabled: {Reason}.")]
    private static partial void Disabled(ILogger logger, string webhook, string reason);
}
