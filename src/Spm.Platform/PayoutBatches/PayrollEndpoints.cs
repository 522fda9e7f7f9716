using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.PayoutBatches;

/// <summary>Payroll's side of a batch: claim it for a while, pay its lines, say what became of each.</summary>
public sealed class PayrollEndpoints(LeaseCommands leases, AcknowledgeCommands acknowledgements, TenantDirectory tenants) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/payout-batches/{id}/claim", ClaimAsync)
            .Operation("claimPayoutBatch", "Payroll", "Holds an approved batch under a lease; nobody else can claim it until the lease ends.", Scopes.PayrollPull, ErrorCodes.NotFound, ErrorCodes.FieldMalformed, ErrorCodes.BatchClaimed, ErrorCodes.BatchMoveIllegal)
            .Reads<ClaimInput>().Answers<ClaimView>().IdempotentByItself();
        routes.MapPost("/v1/payout-batches/{id}/ack", AcknowledgeAsync)
            .Operation("acknowledgePayoutLines", "Payroll", "Says what became of lines: all of them are taken in or none.", Scopes.PayrollPull, ErrorCodes.NotFound, ErrorCodes.FieldRequired, ErrorCodes.FieldTooLong, ErrorCodes.ClaimUnknown, ErrorCodes.ClaimExpired, ErrorCodes.LineUnknown, ErrorCodes.LineAlreadyAcknowledged)
            .Reads<AcknowledgeInput>().Answers<BatchView>().Idempotent();
        routes.MapPost("/v1/payout-batches/{id}/release", ReleaseAsync)
            .Operation("releasePayoutBatch", "Payroll", "Gives a claimed batch back before its lease ends.", Scopes.PayrollPull, ErrorCodes.NotFound, ErrorCodes.FieldRequired, ErrorCodes.ClaimUnknown, ErrorCodes.ClaimExpired, ErrorCodes.BatchMoveIllegal)
            .Reads<ReleaseInput>().Answers<BatchView>().Idempotent();
    }

    private async Task<IResult> ClaimAsync(string id, HttpContext http)
    {
        // Everything in the body has a default, so it may be left out.
        var input = http.Request.ContentType is null ? new ClaimInput(null) : await http.ReadAsync<ClaimInput>();
        if (input.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var key = IdempotencyKey.Of(http);
        if (!key.IsOk)
        {
            return Answer.Problem(key.Error!);
        }
        var company = tenants.Get(http.Caller().Tenant).Company;
        var lease = await leases.ClaimAsync(http.Caller(), id, input.Value.LeaseSeconds ?? LeaseCommands.DefaultSeconds, key.Value?.Key);
        if (lease.IsOk && lease.Value.Known)
        {
            http.Response.Headers[IdempotentAnswers.ReplayedHeader] = "true";
        }
        return Answer.Of(lease, l => ClaimView.Of(l, company));
    }

    private async Task<IResult> AcknowledgeAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<AcknowledgeInput>();
        if (input.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var said = Acknowledgements.Read(input.Value);
        return said.IsOk ? One(http, await acknowledgements.AcknowledgeAsync(http.Caller(), id, input.Value.Claim!, said.Value)) : Answer.Problem(said.Error!);
    }

    private async Task<IResult> ReleaseAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<ReleaseInput>();
        if (input.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        return One(http, await leases.ReleaseAsync(http.Caller(), id, input.Value.Claim));
    }

    private IResult One(HttpContext http, Result<BatchRow> batch)
    {
        if (batch.IsOk)
        {
            http.Response.Headers.ETag = batch.Value.ETag;
        }
        return Answer.Of(batch, b => BatchView.Of(b, tenants.Get(http.Caller().Tenant).Company));
    }
}
