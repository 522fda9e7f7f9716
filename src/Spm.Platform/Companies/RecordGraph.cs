using System.Text.Json;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>By what records are sorted.</summary>
public enum RecordOrderField : byte
{
    /// <summary>When they were created.</summary>
    CreatedAt,

    /// <summary>Their names, whether letters are large or small.</summary>
    Name,

    /// <summary>Their external ids, whether letters are large or small.</summary>
    ExternalId,

    /// <summary>When they changed last.</summary>
    UpdatedAt,
}

/// <summary>How records are sorted.</summary>
/// <param name="Field">By what.</param>
/// <param name="Direction">Where the list begins.</param>
public sealed record RecordOrder(RecordOrderField Field, OrderDirection Direction = OrderDirection.Asc);

/// <summary>Which records are asked for, and in which order.</summary>
internal readonly record struct RecordAsked(RecordFilter? Filter, DateTimeOffset? UpdatedSince, RecordOrder? OrderBy);

/// <summary>Records of any kind as the schema shows them: one by its id, or by the page.</summary>
internal sealed class RecordGraph(Call call, RecordQueries queries, RecordCommands commands)
{
    /// <summary>Null where nothing has the id that the caller sees.</summary>
    public TView? Find<TInput, TDoc, TView>(RecordSlice<TInput, TDoc> slice, string id, Func<Entry<TDoc>, Company, TView> view)
        where TInput : class
        where TDoc : class
        where TView : class
    {
        var found = queries.Get(call.Caller, slice, id).Then(f => view(f.Entry, f.Company));
        return found.OrNull();
    }

    /// <summary>Creates or replaces a record by its key in a source.</summary>
    public Task<TPayload> PutAsync<TInput, TDoc, TPayload>(
        RecordSlice<TInput, TDoc> slice, string source, string externalId, JsonElement body, Func<PutRecord<TDoc>, TPayload> made, Func<IReadOnlyList<UserError>, TPayload> refused, bool isDocument = false)
        where TInput : class
        where TDoc : class =>
        commands.PutAsync(call.Caller, slice, source, externalId, body).PayloadAsync(made, refused, isDocument ? "document" : slice.Noun, isDocument);

    public Task<Page<TView>> PageAsync<TInput, TDoc, TView>(
        RecordSlice<TInput, TDoc> slice, RecordAsked asked, PageArguments page, Func<Entry<TDoc>, Company, TView> view)
        where TInput : class
        where TDoc : class
    {
        var (company, filter) = (call.CompanyFor(slice.ReadScope), asked.Filter ?? new RecordFilter());
        return Order.Of(asked.OrderBy?.Field, asked.UpdatedSince, RecordOrderField.CreatedAt, RecordOrderField.UpdatedAt) switch
        {
            RecordOrderField.UpdatedAt => Sorted(slice.UpdatedKeys, seek => queries.Updated(call.Caller, company, slice, filter, Order.Instant(asked.UpdatedSince), seek)),
            RecordOrderField.Name => Sorted(slice.NameKeys, seek => queries.Sorted(call.Caller, company, slice, filter, slice.NameKeys, seek)),
            RecordOrderField.ExternalId => Sorted(slice.ExternalIdKeys, seek => queries.Sorted(call.Caller, company, slice, filter, slice.ExternalIdKeys, seek)),
            _ => Sorted(slice.Keys, seek => queries.List(call.Caller, company, slice, filter, seek)),
        };

        Task<Page<TView>> Sorted<TKey>(Keyset<Entry<TDoc>, TKey> keys, Func<Seek<TKey>, Result<IReadOnlyList<Entry<TDoc>>>> list)
            where TKey : struct =>
            Pages.Of(keys, page, list, entry => view(entry, company), asked.UpdatedSince is null ? Count : null, asked.OrderBy?.Direction ?? OrderDirection.Asc);

        Result<long> Count() => queries.All(call.Caller, company, slice, filter).Then(all => all.LongCount());
    }
}
