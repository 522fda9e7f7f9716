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
        if ((http.Caller().Lacks(Scopes.PayrollPull) ?? input.Error) is { } refusal)
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
        return Answer.Of(
            lease,
            l => new ClaimView(l.Claim, Wire.Instant(l.Until), [.. l.Open.Select(line => LineView.Of(line, company))]));
    }

    private async Task<IResult> AcknowledgeAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<AcknowledgeInput>();
        if ((http.Caller().Lacks(Scopes.PayrollPull) ?? input.Error) is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var said = Read(input.Value);
        return said.IsOk ? One(http, await acknowledgements.AcknowledgeAsync(http.Caller(), id, input.Value.Claim!, said.Value)) : Answer.Problem(said.Error!);
    }

    private async Task<IResult> ReleaseAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<ReleaseInput>();
        if ((http.Caller().Lacks(Scopes.PayrollPull) ?? input.Error) is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        return string.IsNullOrWhiteSpace(input.Value.Claim)
            ? Answer.Problem(Error.Of([Required("claim")]))
            : One(http, await leases.ReleaseAsync(http.Caller(), id, input.Value.Claim));
    }

    /// <summary>A line without a result is refused: nothing is taken for paid that was not said to be.</summary>
    private static Result<List<Acknowledgement>> Read(AcknowledgeInput input)
    {
        List<FieldError> missing = [];
        List<Acknowledgement> said = [];
        void Demand(string field, string? text, int max, bool required)
        {
            if (required && string.IsNullOrWhiteSpace(text))
            {
                missing.Add(Required(field));
            }
            else if (text?.Length > max)
            {
                missing.Add(new FieldError(field, ErrorCodes.FieldTooLong, $"The field '{field}' has {text.Length} characters; {max} are allowed."));
            }
        }
        Demand("claim", input.Claim, Limits.IdLength, required: true);
        if (input.Lines is not { Count: > 0 })
        {
            missing.Add(Required("lines"));
        }
        for (var i = 0; i < input.Lines?.Count; i++)
        {
            var line = input.Lines[i];
            Demand($"lines/{i}/line", line?.Line, Limits.IdLength, required: true);
            Demand($"lines/{i}/reference", line?.Reference, Limits.IdLength, required: false);
            Demand($"lines/{i}/reason", line?.Reason, Limits.NameLength, required: false);
            if (line?.Result is { } outcome)
            {
                said.Add(new Acknowledgement(line.Line ?? "", outcome, line.Reference, line.Reason));
            }
            else
            {
                missing.Add(Required($"lines/{i}/result"));
            }
        }
        return missing.Count > 0 ? Error.Of(missing) : said;
    }

    private static FieldError Required(string field) => new(field, ErrorCodes.FieldRequired, $"The field '{field}' is required.");

    private IResult One(HttpContext http, Result<BatchRow> batch)
    {
        if (batch.IsOk)
        {
            http.Response.Headers.ETag = batch.Value.ETag;
        }
        return Answer.Of(batch, b => BatchView.Of(b, tenants.Get(http.Caller().Tenant).Company));
    }
}
