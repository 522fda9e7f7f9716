using Refit;

namespace Spm.Connectors.Gusto;

/// <summary>The part of Gusto's API that payouts are put through. Amounts are texts with two decimals.</summary>
[Headers("X-Gusto-API-Version: 2025-06-15")]
public interface IGustoApi
{
    [Get("/v1/token_info")]
    Task<TokenInfo> Token(CancellationToken cancellationToken);

    [Get("/v1/companies/{company}")]
    Task<Company> Company(string company, CancellationToken cancellationToken);

    [Get("/v1/companies/{company}/employees")]
    Task<IReadOnlyList<Employee>> Employees(string company, int page, int per, CancellationToken cancellationToken);

    /// <param name="statuses">processed, unprocessed, or both with a comma.</param>
    /// <param name="types">regular or off_cycle.</param>
    /// <param name="from">Pay periods after this day.</param>
    /// <param name="to">Pay periods before this day, which is at most three months ahead and a year after the other.</param>
    [Get("/v1/companies/{company}/payrolls")]
    Task<IReadOnlyList<Payroll>> Payrolls(
        string company, [AliasAs("processing_statuses")] string statuses, [AliasAs("payroll_types")] string types, [AliasAs("start_date")] string from,
        [AliasAs("end_date")] string to, int page, int per, CancellationToken cancellationToken);

    [Post("/v1/companies/{company}/payrolls")]
    Task<Payroll> Create(string company, [Body] NewPayroll payroll, CancellationToken cancellationToken);

    /// <summary>Has employees once it was calculated or processed.</summary>
    [Get("/v1/companies/{company}/payrolls/{payroll}")]
    Task<Payroll> Payroll(string company, string payroll, int page, int per, CancellationToken cancellationToken);

    /// <summary>Has employees with their versions, and takes back what was calculated.</summary>
    [Put("/v1/companies/{company}/payrolls/{payroll}/prepare")]
    Task<Payroll> Prepare(string company, string payroll, int page, int per, CancellationToken cancellationToken);

    /// <summary>Up to 100 employees. What is not named stays as it is.</summary>
    [Put("/v1/companies/{company}/payrolls/{payroll}")]
    Task<Payroll> Update(string company, string payroll, [Body] PayrollUpdate update, CancellationToken cancellationToken);

    /// <summary>Begins; the payroll's processing request tells how it goes on.</summary>
    [Put("/v1/companies/{company}/payrolls/{payroll}/calculate")]
    Task Calculate(string company, string payroll, CancellationToken cancellationToken);

    /// <summary>The same.</summary>
    [Put("/v1/companies/{company}/payrolls/{payroll}/submit")]
    Task Submit(string company, string payroll, CancellationToken cancellationToken);
}

public sealed record TokenInfo(TokenResource? Resource);

/// <param name="Type">Company for a token that speaks for one.</param>
public sealed record TokenResource(string Type, string Uuid);

public sealed record Company(string Uuid, string Name);

public sealed record Employee(string Uuid, string? FirstName, string? LastName, string? Email, string? WorkEmail, IReadOnlyList<Job>? Jobs);

public sealed record Job(string Uuid, bool Primary);

public sealed record Payroll
{
    public string? Uuid { get; init; }

    public string? PayrollUuid { get; init; }

    public bool Processed { get; init; }

    public bool OffCycle { get; init; }

    public string? OffCycleReason { get; init; }

    public string? CalculatedAt { get; init; }

    public DateOnly? CheckDate { get; init; }

    public DateTimeOffset? PayrollDeadline { get; init; }

    public PayPeriod? PayPeriod { get; init; }

    public IReadOnlyList<Compensation>? EmployeeCompensations { get; init; }

    public IReadOnlyList<CompensationType>? FixedCompensationTypes { get; init; }

    public ProcessingRequest? ProcessingRequest { get; init; }

    /// <summary>Lists and single payrolls name it differently over the versions.</summary>
    public string Id => PayrollUuid ?? Uuid ?? throw new ConnectorException(ErrorKind.RemoteBug, "Gusto tells a payroll without its id.");
}

/// <summary>Both days are included.</summary>
public sealed record PayPeriod(DateOnly StartDate, DateOnly EndDate);

public sealed record CompensationType(string Name);

/// <param name="Status">calculating, calculate_success, submitting, submit_success or processing_failed.</param>
public sealed record ProcessingRequest(string? Status, IReadOnlyList<GustoError>? Errors);

public sealed record GustoErrors(IReadOnlyList<GustoError>? Errors);

public sealed record GustoError(string? ErrorKey, string? Category, string? Message);

/// <summary>What an employee has in a payroll.</summary>
/// <param name="Version">What a change of it must name; null where the payroll was not prepared.</param>
/// <param name="Excluded">Whether the employee is passed over in this payroll.</param>
/// <param name="Memo">A note on the employee's pay stub.</param>
public sealed record Compensation(string EmployeeUuid, string? Version, bool Excluded, string? Memo, IReadOnlyList<FixedCompensation>? FixedCompensations);

public sealed record FixedCompensation(string Name, string Amount, string? JobUuid);

public sealed record NewPayroll(bool OffCycle, string OffCycleReason, DateOnly StartDate, DateOnly EndDate, IReadOnlyList<string> EmployeeUuids);

public sealed record PayrollUpdate(IReadOnlyList<CompensationUpdate> EmployeeCompensations);

public sealed record CompensationUpdate(string EmployeeUuid, string Version, string Memo, IReadOnlyList<FixedCompensation> FixedCompensations);
