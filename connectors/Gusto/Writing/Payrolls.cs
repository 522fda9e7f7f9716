using System.Globalization;

namespace Spm.Connectors.Gusto;

/// <summary>The payrolls of a company: which one has a batch, and which one takes it.</summary>
internal sealed class Payrolls(IGustoApi api, ConnectorContext context, string company)
{
    /// <summary>The largest page that Gusto gives.</summary>
    public const int Page = 100;

    private readonly bool _isOffCycle = context.Config.TextOrNull("payroll") != "regular";

    /// <summary>The payroll that has something of a batch, whoever has run it meanwhile; null where none has.</summary>
    public async Task<Placed?> FindAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        foreach (var payroll in await ListAsync(batch, "processed,unprocessed", cancellationToken))
        {
            var read = await ReadAsync(payroll, cancellationToken);
            if (read.Employees.Any(e => Placed.Bears(e, batch.Id)))
            {
                return read;
            }
        }
        return null;
    }

    /// <summary>Where a batch goes that is in none yet.</summary>
    /// <exception cref="ConnectorException">Transient: there is no regular payroll to put it into yet.</exception>
    public async Task<Payroll> ChooseAsync(WriteBatch batch, IReadOnlyList<Pay> pays, CancellationToken cancellationToken)
    {
        var open = await ListAsync(batch, "unprocessed", cancellationToken);
        if (!_isOffCycle)
        {
            var now = context.Clock.GetUtcNow();
            return open.Where(p => !p.OffCycle && p.PayrollDeadline > now).MinBy(p => p.PayrollDeadline)
                ?? throw new ConnectorException(ErrorKind.Transient, "Gusto has no regular payroll that is still open.");
        }
        var wanted = New(batch, pays);
        // One that was made for this batch when its answer was lost is as it was made: nobody has anything in it.
        foreach (var payroll in open.Where(p => p.OffCycle && p.OffCycleReason == wanted.OffCycleReason && p.PayPeriod == new PayPeriod(wanted.StartDate, wanted.EndDate)))
        {
            var read = await ReadAsync(payroll, cancellationToken);
            if (read.Employees.All(e => string.IsNullOrEmpty(e.Memo) && Placed.IsEmpty(e))
                && read.Employees.Select(e => e.EmployeeUuid).ToHashSet(StringComparer.Ordinal).SetEquals(wanted.EmployeeUuids))
            {
                return payroll;
            }
        }
        return await api.Create(company, wanted, cancellationToken);
    }

    /// <summary>With everybody in it. Preparing takes back what somebody has calculated, so it is done only where nothing was.</summary>
    public Task<Placed> ReadAsync(Payroll payroll, CancellationToken cancellationToken) =>
        payroll.Processed || payroll.CalculatedAt is not null ? ShowAsync(payroll.Id, cancellationToken) : PrepareAsync(payroll.Id, cancellationToken);

    public Task<Placed> ShowAsync(string payroll, CancellationToken cancellationToken) =>
        PagesAsync(page => api.Payroll(company, payroll, page, Page, cancellationToken));

    public Task<Placed> PrepareAsync(string payroll, CancellationToken cancellationToken) =>
        PagesAsync(page => api.Prepare(company, payroll, page, Page, cancellationToken));

    private static async Task<Placed> PagesAsync(Func<int, Task<Payroll>> read)
    {
        List<Compensation> employees = [];
        for (var number = 1; ; number++)
        {
            var page = await read(number);
            var shown = page.EmployeeCompensations ?? [];
            employees.AddRange(shown);
            if (shown.Count < Page)
            {
                return new Placed(page, employees);
            }
        }
    }

    /// <summary>From the months that the lines are of to as far ahead as Gusto tells; the newest first.</summary>
    private async Task<IReadOnlyList<Payroll>> ListAsync(WriteBatch batch, string statuses, CancellationToken cancellationToken)
    {
        var (first, last) = Months(batch);
        var from = first.AddMonths(-1);
        var ahead = DateOnly.FromDateTime(context.Clock.GetUtcNow().UtcDateTime).AddMonths(3).AddDays(-1);
        var to = new[] { ahead, from.AddYears(1).AddDays(-1) }.Min();
        if (to < last)
        {
            throw new ConnectorException(ErrorKind.Config, $"Gusto takes payrolls of up to three months ahead, and the batch is of {last:yyyy-MM}.");
        }
        List<Payroll> all = [];
        for (var number = 1; ; number++)
        {
            var page = await api.Payrolls(company, statuses, _isOffCycle ? "off_cycle" : "regular", Day(from), Day(to), number, Page, cancellationToken);
            all.AddRange(page);
            if (page.Count < Page)
            {
                return [.. all.OrderByDescending(p => p.CheckDate ?? p.PayPeriod?.EndDate)];
            }
        }
    }

    private NewPayroll New(WriteBatch batch, IReadOnlyList<Pay> pays)
    {
        var (first, last) = Months(batch);
        return new NewPayroll(true, context.Config.TextOrNull("off_cycle_reason") ?? "Bonus", first, last, [.. pays.Select(p => p.Employee.Uuid)]);
    }

    /// <summary>Fiscal months by their names: to Gusto a pay period of a payroll of its own is but what people read.</summary>
    private static (DateOnly First, DateOnly Last) Months(WriteBatch batch)
    {
        var months = batch.Lines.Select(l => DateOnly.TryParseExact(l.Period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new ConnectorException(ErrorKind.Config, $"'{l.Period}' is no month that Gusto would know.")).ToList();
        return (months.Min(), months.Max().AddMonths(1).AddDays(-1));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
