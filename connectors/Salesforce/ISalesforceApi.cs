using System.Text.Json;
using Refit;

namespace Spm.Connectors.Salesforce;

/// <summary>The part of Salesforce's API that is read. Times are texts: Salesforce writes their offset without a colon.</summary>
public interface ISalesforceApi
{
    [Get("/services/data/v62.0/query")]
    Task<QueryPage> Query(string q, CancellationToken cancellationToken);

    /// <summary>Shows what lies in the recycle bin, too.</summary>
    [Get("/services/data/v62.0/queryAll")]
    Task<QueryPage> QueryAll(string q, CancellationToken cancellationToken);

    /// <param name="path">Of <see cref="QueryPage.NextRecordsUrl"/>, without its first slash.</param>
    [Get("/{**path}")]
    Task<QueryPage> More(string path, CancellationToken cancellationToken);

    /// <summary>404 says that the org has no such object, which is no failure.</summary>
    [Get("/services/data/v62.0/sobjects/{type}/describe")]
    Task<HttpResponseMessage> Describe(string type, CancellationToken cancellationToken);

    [Get("/services/data/v62.0/sobjects/{type}/deleted")]
    Task<DeletedPage> Deleted(string type, string start, string end, CancellationToken cancellationToken);

    [Post("/services/data/v62.0/jobs/query")]
    Task<Job> CreateJob([Body] JobRequest request, CancellationToken cancellationToken);

    [Get("/services/data/v62.0/jobs/query/{id}")]
    Task<Job> Job(string id, CancellationToken cancellationToken);

    /// <summary>CSV; the header Sforce-Locator says where it goes on.</summary>
    [Headers("Accept: text/csv")]
    [Get("/services/data/v62.0/jobs/query/{id}/results")]
    Task<HttpResponseMessage> Results(string id, int maxRecords, string? locator, CancellationToken cancellationToken);
}

public sealed record QueryPage(bool Done, string? NextRecordsUrl, IReadOnlyList<JsonElement> Records);

public sealed record Description(IReadOnlyList<DescribedField> Fields);

public sealed record DescribedField(string Name, string Type, string? Label, bool Custom);

/// <param name="EarliestDateAvailable">What was deleted before has been forgotten.</param>
/// <param name="LatestDateCovered">Where the next question begins: what was deleted since may not have been committed yet.</param>
public sealed record DeletedPage(IReadOnlyList<DeletedRecord> DeletedRecords, string EarliestDateAvailable, string LatestDateCovered);

public sealed record DeletedRecord(string Id, string? DeletedDate);

public sealed record JobRequest(string Operation, string Query, string ContentType, string ColumnDelimiter, string LineEnding);

public sealed record Job(string Id, string State, string CreatedDate, string? ErrorMessage, long? NumberRecordsProcessed);
