using System.Globalization;

namespace Spm.Connectors.Gusto;

/// <summary>A payroll with what its employees have in it.</summary>
internal sealed class Placed(Payroll payroll, IReadOnlyList<Compensation> employees)
{
    private readonly Dictionary<string, Compensation> _employees = employees.ToDictionary(e => e.EmployeeUuid, StringComparer.Ordinal);

    public Payroll Payroll => payroll;

    public IReadOnlyCollection<Compensation> Employees => _employees.Values;

    public Compensation? Of(Pay pay) => _employees.GetValueOrDefault(pay.Employee.Uuid);

    /// <summary>
    /// Whether an employee has something of a batch: the note on their pay stub then has its id. That is the only place in Gusto for a key of ours, and
    /// it is put together with the amounts or not at all.
    /// </summary>
    public static bool Bears(Compensation compensation, string batch) => compensation.Memo?.Split(' ').Contains(batch) == true;

    public static string Memo(Compensation compensation, string batch) =>
        string.IsNullOrWhiteSpace(compensation.Memo) ? $"Commission {batch}" : $"{compensation.Memo.Trim()} {batch}";

    public static decimal Amount(Compensation compensation, string name)
    {
        var amounts = compensation.FixedCompensations?.Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? [];
        return amounts.Sum(f => decimal.TryParse(f.Amount, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : throw new ConnectorException(ErrorKind.RemoteBug, $"Gusto tells '{f.Amount}' as an amount."));
    }

    public static bool IsEmpty(Compensation compensation) => compensation.FixedCompensations?.All(f => Amount(compensation, f.Name) == 0) != false;

    /// <summary>Whether somebody bears the batch who is not among those that it pays, as they are known now.</summary>
    public bool HasStrangers(IReadOnlyList<Pay> pays, string batch) =>
        Employees.Any(e => Bears(e, batch) && !pays.Any(p => p.Employee.Uuid == e.EmployeeUuid));

    public static ConnectorException Changed(Pay pay, string code, decimal found, decimal amount) => new(
        ErrorKind.Conflict, $"{pay.Name} has {Mapping.Text(found)} as {code} in Gusto, and the batch says {Mapping.Text(amount)}. Nothing is replaced: put it right in Gusto.");
}
