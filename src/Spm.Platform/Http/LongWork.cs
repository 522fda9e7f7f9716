using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>
/// `Prefer: respond-async, wait=5` (RFC 7240): who does not want to wait longer is answered 202 with the place where the work shows how far it is. The work
/// goes on by itself.
/// </summary>
public static partial class LongWork
{
    private const string Applied = "respond-async";

    /// <summary>So long everybody waits: a refusal is told, and not that something is on its way.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    /// <param name="work">Begun whatever the caller prefers.</param>
    /// <param name="done">The answer of who waits.</param>
    /// <param name="onTheWay">What is to be seen until then, and where.</param>
    /// <param name="isThere">False where nothing could be seen, because what the work is about is not there: that is always waited for.</param>
    public static async Task<IResult> AnswerAsync<T, TView>(
        this HttpContext http, Func<Task<Result<T>>> work, Func<Result<T>, IResult> done, Func<(TView View, string Location)> onTheWay, ILogger log, bool isThere = true)
    {
        if (Patience(http) is not { } patience || !isThere)
        {
            return done(await work());
        }
        var running = Task.Run(work);
        await Task.WhenAny(running, Task.Delay(patience));
        if (running.IsCompleted)
        {
            return done(await running);
        }
        _ = running.ContinueWith(t => Failed(log, t.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        var (view, location) = onTheWay();
        http.Response.Headers["Preference-Applied"] = Applied;
        return Answer.Accepted(view, location);
    }

    /// <summary>For work that is never waited for.</summary>
    public static IResult Accepted<T>(this HttpContext http, T view, string location)
    {
        if (Patience(http) is not null)
        {
            http.Response.Headers["Preference-Applied"] = Applied;
        }
        return Answer.Accepted(view, location);
    }

    /// <summary>Null where nobody said that they would rather not wait. What cannot be read is passed over, as preferences are.</summary>
    private static TimeSpan? Patience(HttpContext http)
    {
        string[] preferences = [.. http.Request.Headers["Prefer"].SelectMany(h => (h ?? "").Split(',', ';')).Select(p => p.Trim())];
        if (!preferences.Contains(Applied, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }
        var wait = preferences.FirstOrDefault(p => p.StartsWith("wait=", StringComparison.OrdinalIgnoreCase))?[5..];
        return int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, Limits.WaitSeconds)) : Least;
    }

    [LoggerMessage(LogLevel.Error, "Work that nobody waited for has failed; a month that is being closed is taken up again at the next start.")]
    private static partial void Failed(ILogger logger, Exception failure);
}
