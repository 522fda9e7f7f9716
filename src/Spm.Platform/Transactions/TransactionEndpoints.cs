using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Transactions;

public sealed class TransactionEndpoints(TransactionCommands commands, TenantDirectory tenants, SpmStore store) : IEndpoints
{
    private const string List = "transactions";

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
        routes.MapGet("/v1/transactions", (Delegate)Page)
            .Operation("listTransactions", "Transactions", "Current transactions in the order they were recorded.", Scopes.TransactionsRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(("source", "Only of this source."), ("external_id", "With `source`: the one with this external id."), ("period", "Only of this fiscal month.")).Answers<Page<TransactionView>>();
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
        var tenant = tenants.Get(http.Caller().Tenant);
        var ((row, credits, _, _, problems), company) = (posted.Value.Transaction, posted.Value.Company);
        return Answer.Created(
            new PostedView(
                posted.Value.Outcome,
                TransactionViews.Of(row, tenant, tenants),
                ConversionView.Of(row, company),
                [.. credits.Select(c => TransactionViews.Of(c, row, company))],
                [.. problems.Select(p => TransactionViews.Of(p, company))]),
            posted.Value.Outcome == TransactionOutcome.Created);
    }

    private IResult Get(string id, HttpContext http)
    {
        if (http.Caller().Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var tenant = tenants.Get(http.Caller().Tenant);
        if (Find(tenant, id) is not { } row)
        {
            return Answer.NotFound("transaction", id);
        }
        http.Response.Headers.ETag = $"\"{row.Seq}\"";
        return Answer.Ok(TransactionViews.Of(row, tenant, tenants));
    }

    private async Task<IResult> CreditsAsync(string id, HttpContext http)
    {
        if (http.Caller().Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var tenant = tenants.Get(http.Caller().Tenant);
        // Credits and the rates that they were made with belong together.
        using var entry = await tenant.Gate.ReadAsync();
        if (Find(tenant, id) is not { } row)
        {
            return Answer.NotFound("transaction", id);
        }
        var problems = store.Read(s => TransactionTable.Problems(s, row.Seq));
        return Answer.Ok(new CreditsView(
            id,
            ConversionView.Of(row, tenant.Company),
            [.. row.Credits.Select(c => TransactionViews.Of(c, row, tenant.Company))],
            [.. problems.Select(p => TransactionViews.Of(p, tenant.Company))]));
    }

    private IResult Page(HttpContext http)
    {
        if (http.Caller().Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var (limit, after) = (http.Limit(), http.AfterNumbers(List, 1));
        if (!limit.IsOk || !after.IsOk)
        {
            return Answer.Problem(limit.Error ?? after.Error!);
        }
        var tenant = tenants.Get(http.Caller().Tenant);
        var source = http.Parameter("source");
        var period = http.Parameter("period");
        var month = period is null ? null : tenant.Company.Calendar.Months.FirstOrDefault(m => m.Id == period);
        if (period is not null && month is null)
        {
            return Answer.Problem(Error.Of("period", ErrorCodes.PeriodUnknown, $"The fiscal calendar has no month '{period}'."));
        }
        var sourceNo = source is null ? (int?)null : tenant.Sources.GetValueOrDefault(source, -1);
        var rows = http.Parameter("external_id") is { } externalId
            ? sourceNo is null ? null : store.Read(s => TransactionTable.Current(s, sourceNo.Value, externalId)) is { } one ? [one] : []
            : store.Read(s => TransactionTable.Page(s, tenant.No, sourceNo, month?.No, after.Value is [var seq] ? seq : 0, limit.Value + 1));
        return rows is null
            ? Answer.Problem(Error.Of("source", ErrorCodes.ParameterInvalid, "`external_id` goes with `source`."))
            : http.Page(List, limit.Value, rows, r => TransactionViews.Of(r, tenant, tenants), r => [r.Seq]);
    }

    private TransactionRow? Find(TenantRuntime tenant, string id) =>
        Ids.Transaction(id) is var (source, externalId) && tenants.SourceName(tenant, source) is not null
            ? store.Read(s => TransactionTable.Current(s, source, externalId))
            : null;
}
