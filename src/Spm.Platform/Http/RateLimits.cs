using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>How many requests are taken in a window; 0 for any number.</summary>
/// <param name="Requests">By one credential.</param>
/// <param name="Failures">With credentials that are refused, from one address.</param>
public sealed record RateLimitSettings(int Requests, int Failures)
{
    public static readonly RateLimitSettings Default = new(60_000, 600);

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
}

/// <summary>
/// A bucket for each credential and each address: full at first, refilled evenly over the window, one taken by each request. So a burst of
/// a whole window's requests is taken and a steady stream at the same rate; one tenant's stream takes nothing from another's.
/// </summary>
public sealed class RateLimits(RateLimitSettings settings, TimeProvider clock)
{
    /// <summary>Full buckets are forgotten when there are more than this: a full one and none at all are the same.</summary>
    private const int SweptAt = 10_000;

    private readonly ConcurrentDictionary<(string Policy, string Who), Bucket> _buckets = new();

    /// <summary>Takes one from the credential's bucket, and says in the answer's headers what is left where the answer has not begun.</summary>
    public bool TryTake(HttpContext http, Caller caller) => TryTake(http, "credential", $"{caller.Tenant}/{caller.Credential}", settings.Requests);

    /// <summary>The same for whoever comes with a credential that is refused.</summary>
    public bool TryTakeFailure(HttpContext http) => TryTake(http, "refused", http.Connection.RemoteIpAddress?.ToString() ?? "", settings.Failures);

    private bool TryTake(HttpContext http, string policy, string who, int quota)
    {
        if (quota == 0)
        {
            return true;
        }
        if (_buckets.Count > SweptAt)
        {
            Sweep();
        }
        var (taken, left) = _buckets.GetOrAdd((policy, who), _ => new Bucket(quota)).Take(clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (http.Response.HasStarted)
        {
            return taken;
        }
        var perSecond = quota / RateLimitSettings.Window.TotalSeconds;
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";q={quota};w={RateLimitSettings.Window.TotalSeconds}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";r={(long)left};t={(long)Math.Ceiling((quota - left) / perSecond)}");
        if (!taken)
        {
            headers.RetryAfter = ((long)Math.Max(1, Math.Ceiling((1 - left) / perSecond))).ToString(CultureInfo.InvariantCulture);
        }
        return taken;
    }

    private void Sweep()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (who, bucket) in _buckets)
        {
            if (bucket.IsFullAt(now))
            {
                _buckets.TryRemove(who, out _);
            }
        }
    }

    private sealed class Bucket(int quota)
    {
        private readonly Lock _lock = new();
        private double _left = quota;
        private long _at;

        public (bool Taken, double Left) Take(long now)
        {
            lock (_lock)
            {
                _left = Refilled(now);
                _at = Math.Max(_at, now);
                var taken = _left >= 1;
                _left -= taken ? 1 : 0;
                return (taken, _left);
            }
        }

        public bool IsFullAt(long now)
        {
            lock (_lock)
            {
                return Refilled(now) >= quota;
            }
        }

        private double Refilled(long now) => Math.Min(quota, _left + (Math.Max(0, now - _at) * quota / RateLimitSettings.Window.TotalMilliseconds));
    }
}
