using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Transactions;

public sealed class TransactionEndpoints(TransactionCommands commands, TransactionQueries queries, TenantDirectory tenants) : IEndpoints
{
    private static readonly string[] Refusals =
    [
        ErrorCodes.BodyMalformed, ErrorCodes.FieldUnknown, ErrorCodes.FieldRequired, ErrorCodes.AmountMalformed, ErrorCodes.AmountTooPrecise, ErrorCodes.AmountTooLarge, ErrorCodes.AmountNegative,
        ErrorCodes.DateMalformed, ErrorCodes.DateOutsideCalendar, ErrorCodes.KindUnknown, ErrorCodes.CurrencyUnknown, ErrorCodes.RepUnknown, ErrorCodes.AccountUnknown,
        ErrorCodes.TerritoryUnknown, ErrorCodes.ReferenceAmbiguous, ErrorCodes.SplitsNot100, ErrorCodes.SplitRepTwice, ErrorCodes.PercentInvalid,
        ErrorCodes.HouseExcludesRep, ErrorCodes.VersionMalformed, ErrorCodes.VersionStale, ErrorCodes.VersionConflict,
        ErrorCodes.LimitExceeded,
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/transactions", (Delegate)PostAsync)
            .Operation("postTransaction", "Transactions", "Posts one transaction; credited and in live state when answered.", Scopes.TransactionsWrite, Refusals)
            .Reads<TransactionInput>().Answers<PostedView>(200, 201).Idempotent();
        routes.MapPut("/v1/transactions/{source}/{external_id}", PutAsync)
            .Operation("putTransaction", "Transactions", "The same, with the key in the path.", Scopes.TransactionsWrite, Refusals)
            .Reads<TransactionInput>().Answers<PostedView>(200, 201);
        routes.MapGet("/v1/transactions/{id}", Get)
            .Operation("getTransaction", "Transactions", "The current version of a transaction.", Scopes.TransactionsRead, ErrorCodes.NotFound).Answers<TransactionView>();
        routes.MapGet("/v1/transactions/{id}/credits", CreditsAsync)
            .Operation("listTransactionCredits", "Transactions", "Who is credited for a transaction, and what is odd about it.", Scopes.TransactionsRead, ErrorCodes.NotFound).Answers<CreditsView>();
        routes.MapGet("/v1/transactions", (Delegate)PageAsync)
            .Operation("listTransactions", "Transactions", "Current transactions in the order they were recorded.", Scopes.TransactionsRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(("source", "Only of this source."), ("external_id", "With `source`: the one with this external id."), ("period", "Only of this fiscal month."), IncrementalPaging.UpdatedSince).Answers<Page<TransactionView>>();
    }

    private async Task<IResult> PostAsync(HttpContext http)
    {
        var input = await http.ReadAsync<TransactionInput>();
        return !input.IsOk ? Answer.Problem(input.Error!)
            : string.IsNullOrWhiteSpace(input.Value.Source) ? Answer.Problem(Error.Of("source", ErrorCodes.FieldRequired, "The field 'source' is required."))
            : await AnswerAsync(http, input.Value.Source, input.Value);
    }

    private async Task<IResult> PutAsync(string source, string external_id, HttpContext http)
    {
        var input = await http.ReadAsync<TransactionInput>();
        if (!input.IsOk)
        {
            return Answer.Problem(input.Error!);
        }
        (source, external_id) = http.Key(source, external_id);
        if ((input.Value.ExternalId ?? external_id) != external_id || (input.Value.Source ?? source) != source)
        {
            return Answer.Problem(Error.Of("external_id", ErrorCodes.FieldMalformed, "The body names another transaction than the path."));
        }
        return await AnswerAsync(http, source, input.Value with { ExternalId = external_id });
    }

    private async Task<IResult> AnswerAsync(HttpContext http, string source, TransactionInput input)
    {
        var posted = await commands.PostAsync(http.Caller(), source, input);
        if (!posted.IsOk)
        {
            return Answer.Problem(posted.Error!);
        }
        var view = PostedView.Of(posted.Value, tenants.Get(http.Caller().Tenant), tenants);
        return Answer.Created(view, posted.Value.Outcome == TransactionOutcome.Created, $"/v1/transactions/{view.Transaction.Id}");
    }

    private IResult Get(string id, HttpContext http)
    {
        var found = queries.Get(http.Caller(), id);
        if (found.IsOk)
        {
            http.Response.Headers.ETag = $"\"{found.Value.Seq}\"";
        }
        return Answer.Of(found, row => TransactionViews.Of(row, tenants.Get(http.Caller().Tenant), tenants));
    }

    private async Task<IResult> CreditsAsync(string id, HttpContext http) => Answer.Of(await queries.CreditsAsync(http.Caller(), id));

    private Task<IResult> PageAsync(HttpContext http)
    {
        var (caller, tenant) = (http.Caller(), tenants.Get(http.Caller().Tenant));
        var filter = new TransactionFilter(http.Parameter("source"), http.Parameter("external_id"), http.Parameter("period"));
        return http.PageAsync(
            TransactionQueries.Keys, seek => Task.FromResult(queries.List(caller, filter, seek)),
            TransactionQueries.UpdatedKeys, (since, seek) => Task.FromResult(queries.Updated(caller, filter, since, seek)),
            r => TransactionViews.Of(r, tenant, tenants));
    }
}
