using System.Globalization;

namespace Spm.Connectors.Gusto;

/// <summary>Everything that one employee gets of a batch.</summary>
/// <param name="Amounts">By the name that Gusto has for the kind of pay, as the lines' earning codes say it; letters of either case.</param>
internal sealed record Pay(Employee Employee, IReadOnlyList<PayoutLine> Lines, IReadOnlyDictionary<string, decimal> Amounts)
{
    public string Name => $"{Employee.FirstName} {Employee.LastName}".Trim() is { Length: > 0 } name ? name : Employee.Uuid;

    /// <summary>The primary one.</summary>
    public string? Job => Employee.Jobs?.FirstOrDefault(j => j.Primary)?.Uuid ?? Employee.Jobs?.FirstOrDefault()?.Uuid;
}

/// <summary>From payout lines to employees. Several lines of one employee are one amount: Gusto keeps a value and no list.</summary>
internal static class Mapping
{
    private const string Currency = "USD";

    /// <returns>What there is to pay, and the lines that cannot be paid, each with its reason.</returns>
    public static (IReadOnlyList<Pay> Pays, IReadOnlyList<LineOutcome> Refused) Pays(WriteBatch batch, Staff staff)
    {
        List<LineOutcome> refused = [];
        Dictionary<string, (Employee Employee, List<PayoutLine> Lines)> found = new(StringComparer.Ordinal);
        foreach (var line in batch.Lines)
        {
            var employee = staff.Find(line.Person);
            if (Problem(line, employee, staff) is { } problem)
            {
                refused.Add(new LineOutcome(line.Id, LineState.Rejected, Detail: problem));
                continue;
            }
            found.TryAdd(employee!.Uuid, (employee, []));
            found[employee.Uuid].Lines.Add(line);
        }
        return ([.. found.Values.Select(f => new Pay(f.Employee, f.Lines, Sums(f.Lines)))], refused);
    }

    public static string Text(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static Dictionary<string, decimal> Sums(List<PayoutLine> lines) =>
        lines.GroupBy(l => l.EarningCode, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Sum(l => l.Amount.Amount), StringComparer.OrdinalIgnoreCase);

    private static string? Problem(PayoutLine line, Employee? employee, Staff staff) =>
        line.Amount.Currency != Currency ? $"Gusto pays in {Currency}, and this is in {line.Amount.Currency}."
        : line.Amount.Amount <= 0 ? $"Gusto pays no amount of {Text(line.Amount.Amount)}: what was paid too much is taken back by hand."
        : decimal.Round(line.Amount.Amount, 2) != line.Amount.Amount ? "Gusto pays whole cents."
        : employee is null ? staff.WhyNot(line.Person)
        : null;
}

/// <summary>The employees of a company, by what the mapping of the connection gives as the payee.</summary>
internal sealed class Staff
{
    private readonly Dictionary<string, Employee?> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _by;

    public Staff(IReadOnlyList<Employee> employees, string by)
    {
        _by = by;
        foreach (var employee in employees)
        {
            foreach (var name in (by == "uuid" ? [employee.Uuid] : new[] { employee.WorkEmail, employee.Email }).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
            {
                // An address that two share is nobody's.
                _known[name] = _known.ContainsKey(name) ? null : employee;
            }
        }
    }

    public Employee? Find(string person) => _known.GetValueOrDefault(person);

    public string WhyNot(string person) => _known.ContainsKey(person)
        ? $"Several employees in Gusto have the {_by} '{person}'."
        : $"No employee in Gusto has the {_by} '{person}'.";
}
