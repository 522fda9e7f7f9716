namespace Spm.Connectors.Salesforce;

/// <summary>
/// Who shares opportunities, where the org has splits switched on. Shares of the configured type divide the opportunity; those of a type
/// whose sum nobody checks stand beside them; shares of other types divide other fields and are left out.
/// </summary>
internal sealed class ShareReader(QueryReader queries, string mainType)
{
    public const string Type = "OpportunitySplit";

    private static readonly string[] Fields = ["Id", "OpportunityId", "SplitOwnerId", "SplitPercentage", "SplitTypeId", "IsDeleted", Soql.Changed];

    private Dictionary<string, ShareKind>? _types;

    /// <summary>By opportunity. Deleted shares count for when the opportunity changed.</summary>
    public async Task<ILookup<string, Share>> OfAsync(IEnumerable<string> opportunities, CancellationToken cancellationToken)
    {
        _types ??= await TypesAsync(cancellationToken);
        var rows = await queries.AllAsync(Soql.Select(Fields, Type, Soql.In("OpportunityId", opportunities)), deletedToo: true, cancellationToken);
        // In one order, so that what is read twice is the same.
        return rows.OrderBy(r => r.Id, StringComparer.Ordinal).ToLookup(r => r.Required("OpportunityId"), Share);
    }

    /// <summary>Pages of shares that were changed or deleted, from a mark on.</summary>
    public IAsyncEnumerable<IReadOnlyList<Row>> ChangesAsync(Mark from, CancellationToken cancellationToken) =>
        queries.PagesAsync(Soql.Since(["Id", "OpportunityId", Soql.Changed], Type, null, from), deletedToo: true, cancellationToken);

    private Share Share(Row row)
    {
        // A share without a type is of the main one.
        var kind = row.Fields.GetValueOrDefault("SplitTypeId") is { } type ? _types!.GetValueOrDefault(type) : ShareKind.Main;
        return new Share(row.Fields.GetValueOrDefault("SplitOwnerId"), row.Fields.GetValueOrDefault("SplitPercentage"), row.Required("IsDeleted") == "true" ? ShareKind.None : kind, row.ModifiedAt);
    }

    private async Task<Dictionary<string, ShareKind>> TypesAsync(CancellationToken cancellationToken)
    {
        var types = await queries.AllAsync(Soql.Select(["Id", "DeveloperName", "MasterLabel", "IsTotalValidated"], "OpportunitySplitType"), cancellationToken: cancellationToken);
        return types.Any(IsMain)
            ? types.ToDictionary(t => t.Id, KindOf)
            : throw new ConnectorException(ErrorKind.Config, $"The org has no split type '{mainType}', only {string.Join(", ", types.Select(t => t.Required("MasterLabel")))}.")
            {
                Field = "/split_type",
            };
    }

    private ShareKind KindOf(Row type) =>
        IsMain(type) ? ShareKind.Main
        : type.Required("IsTotalValidated") == "true" ? ShareKind.None
        : ShareKind.Overlay;

    /// <summary>People know the label, which may be translated or changed; the other name stays.</summary>
    private bool IsMain(Row type) => type.Required("MasterLabel") == mainType || type.Required("DeveloperName") == mainType;
}

/// <param name="User">Null where it does not say.</param>
/// <param name="Percent">As it came.</param>
/// <param name="ModifiedAt">Null where it does not say, or says no instant.</param>
internal sealed record Share(string? User, string? Percent, ShareKind Kind, DateTimeOffset? ModifiedAt);

internal enum ShareKind
{
    /// <summary>Of no opportunity's amount, or deleted.</summary>
    None,
    Main,
    Overlay,
}
