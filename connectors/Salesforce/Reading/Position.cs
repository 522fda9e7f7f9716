namespace Spm.Connectors.Salesforce;

/// <summary>Where a read of an object stands: first its backfill by a job, then what was deleted, what was changed, whose shares were changed.</summary>
internal sealed record Position
{
    public static readonly Position Start = new();

    /// <summary>The job whose results are read. Null: the backfill is over, or there is none.</summary>
    public string? Job { get; init; }

    /// <summary>Where the job's results go on. Null: at their beginning.</summary>
    public string? Locator { get; init; }

    /// <summary>What was deleted from this instant on is still to be told.</summary>
    public DateTimeOffset? DeletedFrom { get; init; }

    public Mark Changes { get; init; } = Mark.Start;

    public Mark Shares { get; init; } = Mark.Start;

    /// <summary>A backfill tells what there is at this instant; everything else is told from then on.</summary>
    public static Position From(DateTimeOffset began)
    {
        var mark = new Mark(began, "", Over: true);
        return new Position { DeletedFrom = began, Changes = mark, Shares = mark };
    }
}

/// <summary>The last row that was read in the order of changes.</summary>
/// <param name="Time">Null: none, everything is to be read.</param>
/// <param name="Id">Of the rows of this very instant, those up to this one have been read.</param>
/// <param name="Over">Everything there was had been read. Transactions end after the time that their rows bear, so the next pass looks back.</param>
internal sealed record Mark(DateTimeOffset? Time, string Id, bool Over)
{
    public static readonly Mark Start = new(null, "", Over: false);

    private static readonly TimeSpan Lookback = TimeSpan.FromMinutes(10);

    /// <summary>Where a pass begins.</summary>
    public Mark Begin() => Over && Time is { } time ? new Mark(time - Lookback, "", Over: false) : this;

    /// <summary>After a page: at its last row that says when it was changed.</summary>
    public Mark After(IReadOnlyList<Row> page) => page.LastOrDefault(r => r.ModifiedAt is not null) is { } last ? new Mark(last.ModifiedAt, last.Id, Over: false) : this;
}
