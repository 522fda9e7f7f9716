namespace Spm.Connectors.PayrollCsv;

/// <summary>Payroll that takes files. What stands in a file is taken; what payroll does with it is payroll's.</summary>
internal sealed class PayrollCsvConnection(PayoutFolder folder) : IConnection, ISink
{
    public Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
    {
        folder.Create();
        return Task.FromResult(new CheckedAccount(folder.Name, $"Folder {folder.Name}"));
    }

    public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DiscoveredStream>>([]);

    public async Task<WriteOutcome> PreviewAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var sent = await folder.SentAsync(batch.Id, cancellationToken);
        return new WriteOutcome([.. batch.Lines.Select(l => Outcome(l, sent) ?? new LineOutcome(l.Id, LineState.Absent))], batch.Total);
    }

    public async Task<WriteOutcome> WriteAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        await folder.FinishAsync(batch.Id, cancellationToken);
        var sent = await folder.SentAsync(batch.Id, cancellationToken);
        PayoutLine[] missing = [.. batch.Lines.Where(l => !sent.ContainsKey(l.Id))];
        if (missing.Length > 0)
        {
            await folder.WriteAsync(batch.Id, missing, cancellationToken);
        }
        return await GetStatusAsync(batch, cancellationToken);
    }

    public async Task<WriteOutcome> GetStatusAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        await folder.FinishAsync(batch.Id, cancellationToken);
        var sent = await folder.SentAsync(batch.Id, cancellationToken);
        var total = batch.Lines.Where(l => sent.ContainsKey(l.Id)).Sum(l => sent[l.Id].Amount);
        return new WriteOutcome([.. batch.Lines.Select(l => Outcome(l, sent) ?? new LineOutcome(l.Id, LineState.Absent))], new Money(total, batch.Total.Currency));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static LineOutcome? Outcome(PayoutLine line, Dictionary<string, (string File, decimal Amount)> sent) =>
        sent.TryGetValue(line.Id, out var at) ? new LineOutcome(line.Id, LineState.Accepted, at.File) : null;
}
