using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Imports;

[QueryType]
internal static class ImportRoots
{
    /// <summary>An import job's status, counts and progress; null where none has the id.</summary>
    public static ImportView? GetImport([ID] string id, ImportCommands commands, Call call)
    {
        var found = commands.Find(call.Caller, id).Then(ImportView.Of);
        return found.OrNull();
    }

    /// <summary>Import jobs, newest first.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<ImportView>> GetImportsAsync(PageArguments page, ImportQueries queries, Call call) =>
        Pages.Of(ImportQueries.Keys, page, seek => queries.List(call.Caller, seek), ImportView.Of, () => queries.Count(call.Caller));

    /// <summary>Rows of an import that were not simply created, with why.</summary>
    /// <param name="page">Which of them.</param>
    /// <param name="import">Id of the job.</param>
    /// <param name="status">rejected, corrected or unchanged; all three when left out.</param>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<ImportRowView>> GetImportRowsAsync(PageArguments page, [ID] string import, ImportQueries queries, Call call, string? status = null) => Pages.Of(
        ImportQueries.RowKeys, page, seek => queries.Rows(call.Caller, import, status, seek), ImportRowView.Of, () => queries.CountRows(call.Caller, import, status));
}
