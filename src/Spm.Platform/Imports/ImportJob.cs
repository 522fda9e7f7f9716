using System.Data.Common;
using System.Text.Json;
using Spm.Platform.Kernel;

namespace Spm.Platform.Imports;

public enum ImportStatus : byte
{
    Queued,
    Running,
    Succeeded,
    Failed,
}

public enum ImportFormat : byte
{
    Ndjson,
    Csv,
}

/// <summary>An import as it stands in the store. Rows are counted from 1, without the header and blank lines.</summary>
public sealed record ImportJob
{
    public const string Columns =
        "no, tenant, id, entity, source, format, delimiter, header, status, bytes_total, bytes_read, rows_read, rows_created, rows_corrected, "
        + "rows_unchanged, rows_rejected, error_code, error_detail, created_at, finished_at";

    public required long No { get; init; }

    public required int Tenant { get; init; }

    public required string Id { get; init; }

    public required string Entity { get; init; }

    public required string Source { get; init; }

    public required ImportFormat Format { get; init; }

    public required string Delimiter { get; init; }

    /// <summary>The CSV header as it was sent, for rows that are tried again when the file is gone.</summary>
    public string? Header { get; init; }

    public required ImportStatus Status { get; init; }

    public required long BytesTotal { get; init; }

    /// <summary>Every row that ends before this offset is done.</summary>
    public long BytesRead { get; init; }

    public ImportCounts Rows { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorDetail { get; init; }

    public required long CreatedAt { get; init; }

    public long? FinishedAt { get; init; }

    public bool IsUnfinished => Status is ImportStatus.Queued or ImportStatus.Running;

    /// <summary>True when the job ended before every row of the file had an outcome.</summary>
    public bool IsIncomplete => Status == ImportStatus.Failed && (BytesRead < BytesTotal || Rows.Read == 0);

    public static ImportJob Map(DbDataReader r) => new()
    {
        No = r.GetInt64(0),
        Tenant = r.GetInt32(1),
        Id = r.GetString(2),
        Entity = r.GetString(3),
        Source = r.GetString(4),
        Format = Enum.Parse<ImportFormat>(r.GetString(5)),
        Delimiter = r.GetString(6),
        Header = r.IsDBNull(7) ? null : r.GetString(7),
        Status = Enum.Parse<ImportStatus>(r.GetString(8)),
        BytesTotal = r.GetInt64(9),
        BytesRead = r.GetInt64(10),
        Rows = new ImportCounts(r.GetInt64(11), r.GetInt64(12), r.GetInt64(13), r.GetInt64(14), r.GetInt64(15)),
        ErrorCode = r.IsDBNull(16) ? null : r.GetString(16),
        ErrorDetail = r.IsDBNull(17) ? null : r.GetString(17),
        CreatedAt = r.GetInt64(18),
        FinishedAt = r.IsDBNull(19) ? null : r.GetInt64(19),
    };
}

public readonly record struct ImportCounts(long Read, long Created, long Corrected, long Unchanged, long Rejected);

/// <summary>What became of a row, where it was not simply created.</summary>
public sealed record ImportRowResult(long Row, string Status, IReadOnlyList<FieldError> Errors, string? Raw)
{
    public const string Created = "created";
    public const string Corrected = "corrected";
    public const string Unchanged = "unchanged";
    public const string Rejected = "rejected";

    public static ImportRowResult Reject(long row, Error error, string? raw) =>
        new(row, Rejected, error.Fields.Count > 0 ? error.Fields : [new FieldError("", error.Code, error.Detail)], raw);

    /// <summary>False when the raw text is not the row as it was sent, but the beginning of it, or has lost bytes that are no text.</summary>
    public bool CanBeRetried => Raw is { Length: < Limits.ImportKeptRowLength } && !Errors.Any(e => e.Code is ErrorCodes.RowTooLong or ErrorCodes.NotUtf8 or ErrorCodes.NulCharacter);

    public string? ErrorsText => Errors.Count == 0 ? null : JsonSerializer.Serialize(Errors, Json.Stored);

    public static ImportRowResult Map(DbDataReader r) => new(
        r.GetInt64(0),
        r.GetString(1),
        r.IsDBNull(2) ? [] : JsonSerializer.Deserialize<List<FieldError>>(r.GetString(2), Json.Stored)!,
        r.IsDBNull(3) ? null : r.GetString(3));
}
