using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.Measures;
using Spm.Platform.Reps;
using Spm.Platform.Transactions;

namespace Spm.Platform.Territories;

[QueryType]
internal static class TerritoryRoots
{
    /// <summary>One territory; null where none has the id.</summary>
    public static TerritoryView? GetTerritory([ID] string id, RecordGraph records, TerritorySlice slice) => records.Find(slice, id, slice.View);

    /// <summary>Territories in the order they were created.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<TerritoryView>> GetTerritoriesAsync(PageArguments page, RecordGraph records, TerritorySlice slice, RecordFilter? filter = null, DateTimeOffset? updatedSince = null, RecordOrder? orderBy = null) =>
        records.PageAsync(slice, new RecordAsked(filter, updatedSince, orderBy), page, slice.View);
}

[ObjectType<TerritoryView>]
internal static class TerritoryFields
{
    /// <summary>The territory above; null of a root.</summary>
    public static TerritoryView? GetParent([Parent] TerritoryView territory, RecordGraph records, TerritorySlice slice) =>
        territory.Parent is { } id ? records.Find(slice, id, slice.View) : null;

    /// <summary>The territories right below, in the order they were created.</summary>
    [Cost(AssumedSize = 20)]
    public static IReadOnlyList<TerritoryView> GetChildren([Parent] TerritoryView territory, Call call, TerritorySlice slice)
    {
        var company = call.CompanyFor(slice.ReadScope);
        return [.. company.Territories.All.Where(t => t.Doc.Parent == territory.Id).Select(t => slice.View(t, company))];
    }

    /// <summary>The territory's own transactions and those of the territories below it, by measure and month, as of now.</summary>
    [Cost(5)]
    public static Task<TerritoryLiveView?> GetLiveAsync([Parent] TerritoryView territory, TerritoryLiveQueries queries, Call call) => queries.LiveAsync(call.Caller, territory.Id).OrNull();
}

[ObjectType<TerritoryRep>]
internal static class TerritoryRepFields
{
    /// <summary>The rep who covers the territory.</summary>
    public static RepRef? GetRep([Parent] TerritoryRep covering, RecordGraph records, RepSlice slice) => records.Find(slice, covering.Rep, (entry, company) => TransactionViews.Rep(company, entry.No));
}

[ObjectType<TerritoryLiveView>]
internal static class TerritoryLiveFields
{
    /// <summary>The territory.</summary>
    public static TerritoryView? GetTerritory([Parent] TerritoryLiveView live, RecordGraph records, TerritorySlice slice) => records.Find(slice, live.Territory.Id, slice.View);
}

[ObjectType<TerritoryMeasureView>]
internal static class TerritoryMeasureFields
{
    /// <summary>The measure.</summary>
    public static MeasureView? GetMeasure([Parent] TerritoryMeasureView measured, RecordGraph records, MeasureSlice slice) => records.Find(slice, measured.Measure, slice.View);
}
