using System.Text.Json.Serialization;
using Refit;

namespace Spm.Connectors.Adp;

/// <summary>The part of ADP Workforce Now that payouts are sent through. Every call shows the client certificate, the one for a token too.</summary>
[Headers("roleCode: practitioner", "Accept: application/json")]
public interface IAdpApi
{
    /// <summary>204 where there are no more.</summary>
    [Get("/hr/v2/workers")]
    Task<HttpResponseMessage> Workers([AliasAs("$top")] int top, [AliasAs("$skip")] int skip, CancellationToken cancellationToken);

    /// <summary>Adds a batch to the payroll that is being entered. A second one with the same name is another batch; none is ever told.</summary>
    [Post("/events/payroll/v1/pay-data-input.modify")]
    Task<HttpResponseMessage> Modify([Body] PayDataEvents events, CancellationToken cancellationToken);
}

public sealed record WorkerPage(IReadOnlyList<Worker>? Workers);

public sealed record Worker([property: JsonPropertyName("associateOID")] string AssociateOid, [property: JsonPropertyName("workerID")] IdValue? WorkerId, IReadOnlyList<WorkAssignment>? WorkAssignments);

public sealed record IdValue([property: JsonPropertyName("idValue")] string? Value);

public sealed record WorkAssignment(bool PrimaryIndicator, string? PayrollFileNumber, string? PayrollGroupCode);

public sealed record PayDataEvents(IReadOnlyList<PayDataEvent> Events);

public sealed record PayDataEvent(PayData Data);

/// <param name="Transform">What is asked for.</param>
/// <param name="Output">What was recorded.</param>
public sealed record PayData(EventContext EventContext, PayDataHolder? Transform, PayDataHolder? Output = null);

/// <param name="PayrollGroupCode">The company code.</param>
/// <param name="PayrollProcessingJobId">The name of the batch. In ADP a number stands behind it.</param>
public sealed record EventContext(CodeValue? PayrollGroupCode, [property: JsonPropertyName("payrollProcessingJobID")] string? PayrollProcessingJobId);

public sealed record CodeValue([property: JsonPropertyName("codeValue")] string? Code);

public sealed record PayDataHolder(PayDataInput? PayDataInput);

public sealed record PayDataInput(IReadOnlyList<PayeePayInput>? PayeePayInputs, [property: JsonPropertyName("payrollProcessingJobID")] string? PayrollProcessingJobId = null);

public sealed record PayeePayInput(
    [property: JsonPropertyName("associateOID")] string? AssociateOid, string? PayNumber, IReadOnlyList<PayrollProfilePayInput>? PayrollProfilePayInputs);

public sealed record PayrollProfilePayInput(string? PayrollFileNumber, IReadOnlyList<PayInput>? PayInputs);

public sealed record PayInput(IReadOnlyList<EarningInput>? EarningInputs, [property: JsonPropertyName("_modificationTypeCode")] string? ModificationTypeCode = null);

public sealed record EarningInput(CodeValue? EarningCode, EarningsAmount? EarningsAmount);

public sealed record EarningsAmount(decimal AmountValue, string? CurrencyCode);
