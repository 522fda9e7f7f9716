using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Measures;

[QueryType]
internal static class MeasureRoots
{
    /// <summary>One measure; null where none has the id.</summary>
    public static MeasureView? GetMeasure([ID] string id, RecordGraph records, MeasureSlice slice) => records.Find(slice, id, slice.View);

    /// <summary>Measures in the order they were created.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<MeasureView>> GetMeasuresAsync(PageArguments page, RecordGraph records, MeasureSlice slice, RecordFilter? filter = null, DateTimeOffset? updatedSince = null, RecordOrder? orderBy = null) =>
        records.PageAsync(slice, new RecordAsked(filter, updatedSince, orderBy), page, slice.View);
}
