using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.PayoutBatches;

/// <summary>Payout batches up to their approval. What payroll does with them is in <see cref="PayrollEndpoints"/>.</summary>
public sealed class BatchEndpoints(BatchQueries queries, BatchCommands commands, TenantDirectory tenants) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/payout-batches", (Delegate)CreateAsync)
            .Operation("createPayoutBatch", "Payout batches", "Takes every final payout of a month that is above zero and in no batch yet.", Scopes.PayoutsReview, ErrorCodes.FieldRequired, ErrorCodes.PeriodUnknown, ErrorCodes.PeriodNotMonth, ErrorCodes.BatchEmpty)
            .Reads<BatchInput>().Answers<BatchView>(201).Idempotent();
        routes.MapGet("/v1/payout-batches", (Delegate)PageAsync)
            .Operation("listPayoutBatches", "Payout batches", "Batches in the order they were made.", Scopes.PayoutBatchesRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(("status", "in_review, approved, claimed, paid or rejected."), IncrementalPaging.UpdatedSince).Answers<Page<BatchView>>();
        routes.MapGet("/v1/payout-batches/{id}", GetAsync)
            .Operation("getPayoutBatch", "Payout batches", "One batch, with the ETag that deciding on it asks for.", Scopes.PayoutBatchesRead, ErrorCodes.NotFound).Answers<BatchView>();
        routes.MapGet("/v1/payout-batches/{id}/lines", LinesAsync)
            .Operation("listPayoutLines", "Payout batches", "The lines of a batch and what payroll made of them.", Scopes.PayoutBatchesRead, ErrorCodes.NotFound, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged().Answers<Page<LineView>>();
        Decide(routes, "approve", "Approves the batch and its payouts: payroll may claim it.", commands.ApproveAsync);
        Decide(routes, "reject", "Takes a batch in review apart: its payouts can be reviewed and batched again.", commands.RejectAsync);
    }

    private void Decide(IEndpointRouteBuilder routes, string verb, string summary, Func<Caller, string, string, Task<Result<BatchRow>>> decide) =>
        routes.MapPost($"/v1/payout-batches/{{id}}/{verb}", async (string id, HttpContext http) =>
            {
                var ifMatch = http.IfMatch();
                return ifMatch.IsOk ? One(http, await decide(http.Caller(), id, ifMatch.Value)) : Answer.Problem(ifMatch.Error!);
            })
            .Operation($"{verb}PayoutBatch", "Payout batches", summary, Scopes.PayoutsApprove, ErrorCodes.NotFound, ErrorCodes.PreconditionRequired, ErrorCodes.PreconditionFailed, ErrorCodes.BatchMoveIllegal, ErrorCodes.OwnPayout, ErrorCodes.SubmittedByApprover)
            .Answers<BatchView>().NeedsIfMatch();

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        var input = await http.ReadAsync<BatchInput>();
        if (input.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var batch = await commands.CreateAsync(http.Caller(), input.Value.Period, IdempotencyKey.Of(http).Value?.Key);
        return One(http, batch, StatusCodes.Status201Created);
    }

    private Task<IResult> PageAsync(HttpContext http) => http.PageAsync(
        BatchQueries.Keys, seek => queries.ListAsync(http.Caller(), http.Parameter("status"), seek),
        BatchQueries.UpdatedKeys, (since, seek) => queries.UpdatedAsync(http.Caller(), http.Parameter("status"), since, seek),
        View(http));

    private async Task<IResult> LinesAsync(string id, HttpContext http)
    {
        var seek = http.Seek(BatchQueries.LineKeys);
        if (seek.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        return http.Page(BatchQueries.LineKeys, await queries.LinesAsync(http.Caller(), id, seek.Value), l => LineView.Of(l, tenants.Get(http.Caller().Tenant).Company));
    }

    private async Task<IResult> GetAsync(string id, HttpContext http) => One(http, await queries.GetAsync(http.Caller(), id));

    private IResult One(HttpContext http, Result<BatchRow> batch, int status = StatusCodes.Status200OK)
    {
        if (!batch.IsOk)
        {
            return Answer.Problem(batch.Error!);
        }
        http.Response.Headers.ETag = batch.Value.ETag;
        return Answer.Created(View(http)(batch.Value), isNew: status == StatusCodes.Status201Created, $"/v1/payout-batches/{batch.Value.Id}");
    }

    // The company as it is when a batch is shown: its month may have come while the list was read.
    private Func<BatchRow, BatchView> View(HttpContext http) => batch => BatchView.Of(batch, tenants.Get(http.Caller().Tenant).Company);
}
