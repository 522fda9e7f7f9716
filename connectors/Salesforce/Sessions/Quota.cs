using System.Globalization;
using System.Text.RegularExpressions;

namespace Spm.Connectors.Salesforce;

/// <summary>
/// The org's daily API calls, which all its apps share. Every answer says how many of them are used; from a share on, no more calls are
/// made, so that what the org itself needs is left.
/// </summary>
internal sealed partial class Quota(int percent) : DelegatingHandler
{
    /// <summary>Calls are counted over the last 24 hours, so that some come back with time.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    private long _used;
    private long _allowed = long.MaxValue;

    /// <exception cref="ConnectorException">RateLimited: the share is used up.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if ((decimal)_used * 100 >= (decimal)_allowed * percent)
        {
            throw new ConnectorException(ErrorKind.RateLimited, $"{_used} of the org's {_allowed} daily API calls are used, which is {percent} % or more.")
            {
                RetryAfter = Rest,
            };
        }
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Sforce-Limit-Info", out var said) && Usage().Match(string.Join(',', said)) is { Success: true } usage)
        {
            _used = long.Parse(usage.Groups["used"].ValueSpan, CultureInfo.InvariantCulture);
            _allowed = long.Parse(usage.Groups["allowed"].ValueSpan, CultureInfo.InvariantCulture);
        }
        return response;
    }

    /// <summary>An app may have a count of its own behind it: per-app-api-usage.</summary>
    [GeneratedRegex(@"(^|[;, ])api-usage=(?<used>\d{1,15})/(?<allowed>\d{1,15})", RegexOptions.NonBacktracking)]
    private static partial Regex Usage();
}
