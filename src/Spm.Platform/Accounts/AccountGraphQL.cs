using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Territories;

namespace Spm.Platform.Accounts;

[QueryType]
internal static class AccountRoots
{
    /// <summary>One account; null where none has the id.</summary>
    public static AccountView? GetAccount([ID] string id, RecordGraph records, AccountSlice slice) => records.Find(slice, id, slice.View);

    /// <summary>Accounts in the order they were created.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<AccountView>> GetAccountsAsync(PageArguments page, RecordGraph records, AccountSlice slice, RecordFilter? filter = null, DateTimeOffset? updatedSince = null, RecordOrder? orderBy = null) =>
        records.PageAsync(slice, new RecordAsked(filter, updatedSince, orderBy), page, slice.View);
}

[ObjectType<DatedTerritory>]
internal static class DatedTerritoryFields
{
    /// <summary>The territory.</summary>
    public static TerritoryView? GetTerritory([Parent] DatedTerritory dated, RecordGraph records, TerritorySlice slice) => records.Find(slice, dated.Territory, slice.View);
}
