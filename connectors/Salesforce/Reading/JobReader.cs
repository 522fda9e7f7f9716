using System.Globalization;
using System.Runtime.CompilerServices;

namespace Spm.Connectors.Salesforce;

/// <summary>
/// Has a query run as a job of Bulk API 2.0 and reads its results page by page. Salesforce keeps the job for days, so a read that was cut
/// off goes on in the same job.
/// </summary>
internal sealed class JobReader(ISalesforceApi api, TimeProvider clock)
{
    /// <summary>Rows on a page. Each page is a call of the org's quota; a page is held in memory.</summary>
    internal const int PageSize = 2000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>A job that takes longer is left alone: the run ends as waiting, and a later one finds the job done.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public Task<Job> CreateAsync(string query, CancellationToken cancellationToken) =>
        api.CreateJob(new JobRequest("query", query, "CSV", "COMMA", "LF"), cancellationToken);

    /// <summary>Waits for a job to end well.</summary>
    /// <exception cref="ConnectorException">RateLimited: it takes too long for one run. CursorExpired: it failed, or nobody knows it any more.</exception>
    public async Task<Job> DoneAsync(string id, CancellationToken cancellationToken)
    {
        for (var (wait, waited) = (FirstWait, TimeSpan.Zero); ; waited += wait, wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            var job = await api.Job(id, cancellationToken);
            switch (job.State)
            {
                case "JobComplete":
                    return job;
                case "Failed" or "Aborted":
                    throw SalesforceFailure.OfJob(job);
            }
            if (waited >= Patience)
            {
                throw new ConnectorException(ErrorKind.RateLimited, $"The query job {id} is still {job.State} after {Patience.TotalMinutes:0} minutes.") { RetryAfter = Patience };
            }
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>Pages of results, each with the locator of the next one, which is null after the last.</summary>
    public async IAsyncEnumerable<(IReadOnlyList<Row> Rows, string? Next)> PagesAsync(
        string id, string? locator, IReadOnlyList<string> fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            using var response = await api.Results(id, PageSize, locator, cancellationToken);
            if (await SalesforceFailure.OfAsync(response, clock) is { } failure)
            {
                throw failure;
            }
            var rows = Rows(await response.Content.ReadAsStringAsync(cancellationToken), fields);
            if (Header(response, "Sforce-NumberOfRecords") is { } count && count != rows.Count.ToString(CultureInfo.InvariantCulture))
            {
                throw new ConnectorException(ErrorKind.RemoteBug, $"A page of the job {id} should have {count} records and has {rows.Count}.");
            }
            locator = Header(response, "Sforce-Locator") is { Length: > 0 } next && next != "null" ? next : null;
            yield return (rows, locator);
        }
        while (locator is not null);
    }

    internal static List<Row> Rows(string csv, IReadOnlyList<string> fields)
    {
        List<Row> rows = [];
        var isHeader = true;
        foreach (var values in Csv.Rows(csv))
        {
            if (isHeader)
            {
                RequireHeader(values, fields);
                isHeader = false;
            }
            else if (values.Count != fields.Count)
            {
                throw new ConnectorException(ErrorKind.RemoteBug, $"A record of a job has {values.Count} fields, not {fields.Count}.");
            }
            else
            {
                rows.Add(new Row(fields.Zip(values).ToDictionary(f => f.First, f => f.Second.Length == 0 ? null : f.Second, StringComparer.OrdinalIgnoreCase)));
            }
        }
        return rows;
    }

    private static void RequireHeader(IReadOnlyList<string> names, IReadOnlyList<string> fields)
    {
        if (!names.SequenceEqual(fields, StringComparer.OrdinalIgnoreCase))
        {
            // Somebody has changed since what is asked for: what the job has read lacks it.
            throw names[0] == fields[0]
                ? new ConnectorException(ErrorKind.CursorExpired, "The job was made for other fields than are asked for now.")
                : new ConnectorException(ErrorKind.RemoteBug, $"Results of a job begin with '{names[0]}' instead of the names of their fields.");
        }
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
