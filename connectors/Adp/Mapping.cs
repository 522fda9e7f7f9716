using System.Globalization;

namespace Spm.Connectors.Adp;

/// <summary>A line with the worker whom it pays.</summary>
/// <param name="Code">The earning code of the company.</param>
internal sealed record Entry(PayoutLine Line, Worker Worker, WorkAssignment Assignment, string Code)
{
    /// <summary>Words of a refusal that is about this line alone. An earning code that is refused is about the configuration.</summary>
    public IEnumerable<string> Names => [Worker.AssociateOid, Assignment.PayrollFileNumber!];
}

/// <summary>From payout lines to pay data of ADP, a line each: two lines of a worker are two entries.</summary>
internal static class Mapping
{
    private const string Currency = "USD";

    /// <summary>What the host calls an earning where its mapping says nothing.</summary>
    private const string HostsOwn = "commission";

    /// <returns>What there is to send, and the lines that cannot be sent, each with its reason.</returns>
    public static (IReadOnlyList<Entry> Entries, IReadOnlyList<LineOutcome> Refused) Entries(WriteBatch batch, Workers workers, string earningCode)
    {
        List<Entry> entries = [];
        List<LineOutcome> refused = [];
        foreach (var line in batch.Lines)
        {
            var worker = workers.Find(line.Person);
            if (Problem(line, worker, workers) is { } problem)
            {
                refused.Add(new LineOutcome(line.Id, LineState.Rejected, Detail: problem));
            }
            else
            {
                entries.Add(new Entry(line, worker!, Workers.Assignment(worker!)!, line.EarningCode == HostsOwn ? earningCode : line.EarningCode));
            }
        }
        return (entries, refused);
    }

    /// <summary>One batch of one company code.</summary>
    public static PayDataEvents Events(string batch, IReadOnlyList<Entry> entries) => new(
    [
        new PayDataEvent(new PayData(
            new EventContext(new CodeValue(entries[0].Assignment.PayrollGroupCode), batch),
            new PayDataHolder(new PayDataInput([.. entries.GroupBy(e => e.Worker.AssociateOid).Select(Payee)])))),
    ]);

    /// <summary>What an answer says was recorded.</summary>
    public static decimal Recorded(PayDataEvents answer) => Inputs(answer).Sum(i => i.EarningsAmount?.AmountValue ?? 0);

    /// <summary>The batch as ADP calls it, which is what people look for there.</summary>
    public static string? Reference(PayDataEvents answer) => answer.Events[0].Data.Output?.PayDataInput?.PayrollProcessingJobId ?? answer.Events[0].Data.EventContext.PayrollProcessingJobId;

    private static IEnumerable<EarningInput> Inputs(PayDataEvents answer) =>
        from happened in answer.Events
        from payee in happened.Data.Output?.PayDataInput?.PayeePayInputs ?? []
        from profile in payee.PayrollProfilePayInputs ?? []
        from input in profile.PayInputs ?? []
        from earning in input.EarningInputs ?? []
        select earning;

    private static PayeePayInput Payee(IGrouping<string, Entry> entries) => new(
        entries.Key,
        "1",
        [
            new PayrollProfilePayInput(
                entries.First().Assignment.PayrollFileNumber,
                [new PayInput([.. entries.Select(e => new EarningInput(new CodeValue(e.Code), new EarningsAmount(e.Line.Amount.Amount, Currency)))], "Add")]),
        ]);

    private static string? Problem(PayoutLine line, Worker? worker, Workers workers) =>
        line.Amount.Currency != Currency ? $"ADP Workforce Now is paid in {Currency}, and this is in {line.Amount.Currency}."
        : line.Amount.Amount <= 0 ? string.Create(CultureInfo.InvariantCulture, $"An amount of {line.Amount.Amount:0.00} is not sent: what was paid too much is taken back by hand.")
        : decimal.Round(line.Amount.Amount, 2) != line.Amount.Amount ? "ADP pays whole cents."
        : worker is null ? workers.WhyNot(line.Person)
        : Workers.Assignment(worker) is not { PayrollFileNumber.Length: > 0, PayrollGroupCode.Length: > 0 } ? $"The worker '{line.Person}' has no payroll file number or no company code in ADP."
        : null;
}

/// <summary>The workers of a company, by what the mapping of the connection gives as the payee.</summary>
internal sealed class Workers
{
    private readonly Dictionary<string, Worker?> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _by;

    public Workers(IReadOnlyList<Worker> workers, string by)
    {
        _by = by;
        foreach (var worker in workers)
        {
            if (Name(worker) is { Length: > 0 } name)
            {
                // A number that two share, as of two company codes, is nobody's.
                _known[name] = _known.ContainsKey(name) ? null : worker;
            }
        }
    }

    public static WorkAssignment? Assignment(Worker worker) => worker.WorkAssignments?.FirstOrDefault(a => a.PrimaryIndicator) ?? worker.WorkAssignments?.FirstOrDefault();

    public Worker? Find(string person) => _known.GetValueOrDefault(person);

    public string WhyNot(string person) => _known.ContainsKey(person)
        ? $"Several workers in ADP have the {_by} '{person}'."
        : $"No worker in ADP has the {_by} '{person}'.";

    private string? Name(Worker worker) => _by switch
    {
        "worker_id" => worker.WorkerId?.Value,
        "associate_oid" => worker.AssociateOid,
        _ => Assignment(worker)?.PayrollFileNumber,
    };
}
