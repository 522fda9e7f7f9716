namespace Spm.Connectors.Gusto;

/// <summary>Puts amounts into a payroll that is open, each once: what bears the batch's id is there, and what somebody else has put is left alone.</summary>
internal sealed class PayPutter(IGustoApi api, Payrolls payrolls, string company, string payroll, string batch)
{
    /// <summary>How often somebody may come in between before people are asked to look.</summary>
    private const int Attempts = 3;

    private readonly List<LineOutcome> _refused = [];

    /// <returns>Lines that Gusto does not take, each with its reason.</returns>
    /// <exception cref="ConnectorException">Conflict: an amount of this batch was changed in Gusto, or somebody keeps changing the payroll.</exception>
    public async Task<IReadOnlyList<LineOutcome>> PutAsync(IReadOnlyList<Pay> pays, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            _refused.Clear();
            var prepared = await payrolls.PrepareAsync(payroll, cancellationToken);
            // All of them before the first is sent: a conflict is told while nothing has changed.
            var updates = pays.Select(p => Update(p, prepared)).OfType<CompensationUpdate>().ToList();
            try
            {
                foreach (var part in updates.Chunk(Payrolls.Page))
                {
                    await api.Update(company, payroll, new PayrollUpdate(part), cancellationToken);
                }
                return _refused;
            }
            catch (Exception e) when (HttpFailure.Of(e) is { Kind: ErrorKind.Conflict } && attempt < Attempts)
            {
                // Somebody has changed an employee since: what is there now decides anew.
            }
        }
    }

    private CompensationUpdate? Update(Pay pay, Placed prepared)
    {
        if (prepared.Of(pay) is not { Version: { } version } there)
        {
            return Refuse(pay.Lines, $"{pay.Name} is not in this payroll of Gusto.");
        }
        if (Placed.Bears(there, batch))
        {
            return Stands(pay, there);
        }
        if (there.Excluded)
        {
            return Refuse(pay.Lines, $"{pay.Name} is passed over in this payroll of Gusto.");
        }
        List<FixedCompensation> amounts = [];
        var types = prepared.Payroll.FixedCompensationTypes ?? [];
        foreach (var (code, amount) in pay.Amounts)
        {
            if (types.FirstOrDefault(t => t.Name.Equals(code, StringComparison.OrdinalIgnoreCase)) is not { } type)
            {
                return Refuse(pay.Lines, $"Gusto has no '{code}' in this payroll; there are {string.Join(", ", types.Select(t => t.Name))}.");
            }
            if (Placed.Amount(there, type.Name) is var other && other == amount && prepared.Employees.Any(e => Placed.Bears(e, batch)))
            {
                throw new ConnectorException(ErrorKind.Conflict, $"{pay.Name} has {Mapping.Text(amount)} as {type.Name} in Gusto without the note of the batch: put the note '{Placed.Memo(there, batch)}', or take the amount away.");
            }
            if (other != 0)
            {
                return Refuse(pay.Lines, $"{pay.Name} has {Mapping.Text(other)} as {type.Name} in this payroll already, by somebody else: it is not replaced by {Mapping.Text(amount)}.");
            }
            amounts.Add(new FixedCompensation(type.Name, Mapping.Text(amount), pay.Job));
        }
        return new CompensationUpdate(pay.Employee.Uuid, version, Placed.Memo(there, batch), amounts);
    }

    /// <summary>What is there of this batch is as it was put, or a person has to look. All that an employee gets is put together or not at all.</summary>
    private static CompensationUpdate? Stands(Pay pay, Compensation there)
    {
        foreach (var (code, amount) in pay.Amounts)
        {
            if (Placed.Amount(there, code) is var found && found != amount)
            {
                throw Placed.Changed(pay, code, found, amount);
            }
        }
        return null;
    }

    private CompensationUpdate? Refuse(IEnumerable<PayoutLine> lines, string reason)
    {
        _refused.AddRange(lines.Select(l => new LineOutcome(l.Id, LineState.Rejected, payroll, reason)));
        return null;
    }
}
