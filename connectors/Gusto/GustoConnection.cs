namespace Spm.Connectors.Gusto;

/// <summary>A company in Gusto that payouts are put into payrolls of.</summary>
internal sealed class GustoConnection(IGustoApi api, ConnectorContext context, HttpClient client) : IConnection, ISink
{
    private readonly bool _submits = context.Config.Flag("submit");
    private string? _company;

    public async Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
    {
        var company = await api.Company(await CompanyAsync(cancellationToken), cancellationToken);
        return new CheckedAccount(company.Uuid, company.Name);
    }

    public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DiscoveredStream>>([]);

    /// <summary>Who would be paid what, by the employees alone: to look into an open payroll would prepare it.</summary>
    public async Task<WriteOutcome> PreviewAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var (pays, refused) = Mapping.Pays(batch, await StaffAsync(cancellationToken));
        return Outcome(batch, [.. refused, .. pays.SelectMany(p => p.Lines).Select(l => new LineOutcome(l.Id, LineState.Absent))], pays.Sum(p => p.Amounts.Values.Sum()));
    }

    public async Task<WriteOutcome> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var (pays, refused) = Mapping.Pays(batch, await StaffAsync(cancellationToken));
        if (pays.Count == 0)
        {
            return Outcome(batch, refused, 0);
        }
        var payrolls = await PayrollsAsync(cancellationToken);
        var placed = await payrolls.FindAsync(batch, cancellationToken);
        var payroll = placed?.Payroll ?? await payrolls.ChooseAsync(batch, pays, cancellationToken);
        // One that was calculated has all of it in it; to put the rest it would have to be opened again.
        if (placed is null || (!payroll.Processed && pays.Any(p => !IsIn(p, placed, batch))))
        {
            var putter = new PayPutter(api, payrolls, await CompanyAsync(cancellationToken), payroll.Id, batch.Id);
            refused = [.. refused, .. await putter.PutAsync(pays, cancellationToken)];
        }
        if (_submits && !payroll.Processed)
        {
            var run = new PayrollRun(api, context, await CompanyAsync(cancellationToken), payroll.Id);
            await run.FinishAsync(async () => Verify(batch, pays, await payrolls.ShowAsync(payroll.Id, cancellationToken), refused), cancellationToken);
        }
        var now = await payrolls.ReadAsync(await ShownAsync(payroll.Id, cancellationToken), cancellationToken);
        return Stand(batch, pays, now, refused);
    }

    public async Task<WriteOutcome> GetStatusAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var (pays, unmapped) = Mapping.Pays(batch, await StaffAsync(cancellationToken));
        var payrolls = await PayrollsAsync(cancellationToken);
        var placed = await payrolls.FindAsync(batch, cancellationToken);
        if (placed is not null && PayrollRun.IsSubmitting(placed.Payroll))
        {
            await new PayrollRun(api, context, await CompanyAsync(cancellationToken), placed.Payroll.Id).SettleAsync(cancellationToken);
            placed = await payrolls.ShowAsync(placed.Payroll.Id, cancellationToken);
        }
        // What cannot be paid was never sent and is refused when it is about to be; but where the payroll has somebody of this batch who is not known
        // any more, it may have been.
        var state = placed?.HasStrangers(pays, batch.Id) == true ? LineState.Unknown : LineState.Absent;
        LineOutcome[] never = [.. unmapped.Select(l => l with { State = state })];
        return placed is null
            ? Outcome(batch, [.. never, .. pays.SelectMany(p => p.Lines).Select(l => new LineOutcome(l.Id, LineState.Absent))], 0)
            : Stand(batch, pays, placed, never);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What a payroll has of a batch. One that we submit counts only once it was: until then it pays nobody, and writing goes on with it.</summary>
    /// <param name="known">Outcomes of lines that are not looked for.</param>
    private WriteOutcome Stand(WriteBatch batch, IReadOnlyList<Pay> pays, Placed placed, IReadOnlyList<LineOutcome> known)
    {
        List<LineOutcome> lines = [.. known];
        var total = 0m;
        foreach (var (pay, code, amount) in pays.SelectMany(p => p.Amounts.Select(a => (p, a.Key, a.Value))))
        {
            var left = pay.Lines.Where(l => l.EarningCode.Equals(code, StringComparison.OrdinalIgnoreCase) && known.All(k => k.LineId != l.Id)).ToList();
            if (left.Count == 0)
            {
                continue;
            }
            var found = placed.Of(pay) is { } there && Placed.Bears(there, batch.Id) ? Placed.Amount(there, code) : 0;
            if (found != 0 && found != amount)
            {
                throw Placed.Changed(pay, code, found, amount);
            }
            var state = found == 0 ? LineState.Absent : StateIn(placed.Payroll);
            total += state is LineState.Accepted or LineState.Applied ? found : 0;
            lines.AddRange(left.Select(l => new LineOutcome(l.Id, state, placed.Payroll.Id)));
        }
        return Outcome(batch, lines, total);
    }

    /// <summary>The last look before a payroll is submitted: it pays what the batch says, and nothing else.</summary>
    private static void Verify(WriteBatch batch, IReadOnlyList<Pay> pays, Placed placed, IReadOnlyList<LineOutcome> refused)
    {
        foreach (var pay in pays.Where(p => !refused.Any(r => r.LineId == p.Lines[0].Id)))
        {
            foreach (var (code, amount) in pay.Amounts)
            {
                var found = placed.Of(pay) is { } there && Placed.Bears(there, batch.Id) ? Placed.Amount(there, code) : 0;
                if (found != amount)
                {
                    throw Placed.Changed(pay, code, found, amount);
                }
            }
        }
        if (placed.Employees.FirstOrDefault(e => !Placed.Bears(e, batch.Id) && !Placed.IsEmpty(e)) is { } other)
        {
            throw new ConnectorException(ErrorKind.Conflict, $"The payroll {placed.Payroll.Id} of Gusto pays {other.EmployeeUuid} something that is not of the batch: it is not submitted.");
        }
    }

    private LineState StateIn(Payroll payroll) =>
        payroll.Processed ? LineState.Applied
        : !_submits ? LineState.Accepted
        : PayrollRun.IsSubmitting(payroll) ? LineState.Unknown
        : LineState.Absent;

    private static bool IsIn(Pay pay, Placed placed, WriteBatch batch) => placed.Of(pay) is { } there && Placed.Bears(there, batch.Id);

    private static WriteOutcome Outcome(WriteBatch batch, IReadOnlyList<LineOutcome> lines, decimal total) => new(lines, new Money(total, batch.Total.Currency));

    private async Task<Payroll> ShownAsync(string payroll, CancellationToken cancellationToken) =>
        await api.Payroll(await CompanyAsync(cancellationToken), payroll, 1, 1, cancellationToken);

    private async Task<Payrolls> PayrollsAsync(CancellationToken cancellationToken) => new(api, context, await CompanyAsync(cancellationToken));

    /// <summary>A token speaks for one company.</summary>
    private async Task<string> CompanyAsync(CancellationToken cancellationToken) => _company ??= await api.Token(cancellationToken) is { Resource: { Type: "Company", Uuid: var company } }
        ? company
        : throw new ConnectorException(ErrorKind.Auth, "The token does not speak for a company.");

    private async Task<Staff> StaffAsync(CancellationToken cancellationToken)
    {
        List<Employee> employees = [];
        for (var number = 1; ; number++)
        {
            var page = await api.Employees(await CompanyAsync(cancellationToken), number, Payrolls.Page, cancellationToken);
            employees.AddRange(page);
            if (page.Count < Payrolls.Page)
            {
                return new Staff(employees, context.Config.TextOrNull("employees_by") ?? "email");
            }
        }
    }
}
