using System.Collections.Frozen;
using Spm.Connectors;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Kernel;
using Spm.Platform.PayoutBatches;
using Spm.Storage;
using Outcome = Spm.Platform.PayoutBatches.LineOutcome;
using SinkOutcome = Spm.Connectors.LineOutcome;

namespace Spm.Platform.Connections.Sinks;

/// <summary>
/// Hands approved batches to payroll: claims one, notes each line before it is sent, writes, and acknowledges line by line what payroll has taken or
/// refused. Where an answer was lost, nothing of the batch is sent again before payroll or a person has told what became of it; where totals differ,
/// nothing is acknowledged. So nobody is paid twice, whenever the host ends.
/// </summary>
public sealed class SinkRuns(BatchQueries batches, LeaseCommands leases, AcknowledgeCommands acknowledgements, SpmStore store, RecordClock clock)
{
    /// <summary>As long as can be: while an outcome is not known, nobody else may pay the batch.</summary>
    private const int LeaseSeconds = Limits.MaxLeaseSeconds;
    private const int BatchesAtOnce = 100;

    /// <returns>Rows by what became of them: taken is created, refused is rejected, not known is in quarantine.</returns>
    /// <exception cref="ConnectorException">Payroll cannot be asked, or an outcome is not known: the next run asks again.</exception>
    internal async Task<RunCounts> RunAsync(RunScope scope, ISink sink, CancellationToken stop)
    {
        var caller = new Caller(scope.Tenant.No, scope.Tenant.Id, scope.Connection.Id, FrozenSet.Create(Scopes.PayrollPull, Scopes.PayoutBatchesRead)) { Reach = Reach.Nobody, Request = scope.Run.Id };
        var counts = default(RunCounts);
        ConnectorException? failure = null;
        foreach (var batch in await OpenAsync(caller, scope))
        {
            stop.ThrowIfCancellationRequested();
            var lease = await leases.ClaimAsync(caller, batch, LeaseSeconds, key: scope.Connection.Id);
            if (!lease.IsOk)
            {
                // Another payroll run holds it, or has just ended it.
                continue;
            }
            try
            {
                var (handed, left) = await HandOverAsync(scope, caller, sink, batch, lease.Value, stop);
                counts += handed;
                failure ??= left;
            }
            catch (Exception thrown) when (!stop.IsCancellationRequested && thrown is not StoreException)
            {
                // One batch that cannot be handed over now leaves the others running.
                failure ??= HttpFailure.Of(thrown);
            }
        }
        await store.Writer.WriteAsync(session => RunTable.Count(session, scope.Run.No, PayoutLines.Stream, counts));
        return failure is null ? counts : throw failure;
    }

    /// <summary>Approved batches, and those that this connection holds from a run that did not come to its end.</summary>
    private async Task<IReadOnlyList<string>> OpenAsync(Caller caller, RunScope scope)
    {
        List<string> open = [];
        foreach (var status in (string[])["claimed", "approved"])
        {
            var listed = await batches.ListAsync(caller, status, new Seek<long>(BatchQueries.Keys.First, BatchesAtOnce));
            open.AddRange((listed.IsOk ? listed.Value : []).Where(b => status == "approved" || b.Claim == ClaimOf(caller, scope, b.Id)).Select(b => b.Id));
        }
        return open;
    }

    private static string ClaimOf(Caller caller, RunScope scope, string batch) => Ids.ForRequest("clm", caller.Tenant, caller.Credential, scope.Connection.Id, batch);

    /// <returns>What became of the lines, and why some of them are left.</returns>
    private async Task<(RunCounts Counts, ConnectorException? Left)> HandOverAsync(RunScope scope, Caller caller, ISink sink, string batch, Lease lease, CancellationToken stop)
    {
        var mapping = MappingReader.Read(scope.Connection.Mapping).GetValueOrDefault(PayoutLines.Stream);
        var sent = store.Read(s => LineTable.Of(s, scope.Connection.No, batch)).Where(l => l.State != LineState.Absent).ToDictionary(l => l.Line, StringComparer.Ordinal);
        List<PayoutLine> lines = [];
        List<SinkOutcome> known = [];
        foreach (var line in lease.Open)
        {
            var made = PayoutLines.Of(line, scope.Tenant.Company, mapping);
            if (made.IsOk)
            {
                lines.Add(made.Value);
            }
            else
            {
                // One that was sent while its payee was known may be paid already: it stands as it was noted, and is not refused.
                known.Add(sent.TryGetValue(line.Id, out var before) ? new SinkOutcome(line.Id, before.State, before.Reference, made.Error!.Detail) : new SinkOutcome(line.Id, LineState.Rejected, Detail: made.Error!.Detail));
            }
        }
        if (lines.Count > 0)
        {
            known.AddRange(await SendAsync(scope, sink, new WriteBatch(batch, lines), stop));
        }
        Acknowledgement[] said = [.. known.Where(k => k.State is LineState.Accepted or LineState.Applied or LineState.Rejected).Select(Said)];
        if (said.Length > 0 && (await acknowledgements.AcknowledgeAsync(caller, batch, lease.Claim, said)).Error is { } refused)
        {
            throw new ConnectorException(ErrorKind.Transient, $"What payroll took could not be acknowledged: {refused.Detail}");
        }
        var counts = new RunCounts(lease.Open.Count, said.Count(s => s.Outcome == Outcome.Paid), 0, 0, 0, said.Count(s => s.Outcome == Outcome.Failed), lease.Open.Count - said.Length);
        return (counts, Left(batch, known));
    }

    /// <summary>Null where every line has come to its end.</summary>
    private static ConnectorException? Left(string batch, List<SinkOutcome> known) =>
        known.Find(k => k.State == LineState.Unknown) is { } unknown
            ? new ConnectorException(ErrorKind.Transient, $"Payroll does not say what became of lines of batch {batch}: nothing of it is sent again before it does. {unknown.Detail}".TrimEnd())
        : known.Find(k => k.State == LineState.Absent) is { } absent
            ? new ConnectorException(ErrorKind.Transient, $"Payroll has not taken lines of batch {batch}: the next run sends them again. {absent.Detail}".TrimEnd())
        : null;

    /// <summary>What became of the lines of a batch, of which some may have been sent by an earlier run.</summary>
    private async Task<IReadOnlyList<SinkOutcome>> SendAsync(RunScope scope, ISink sink, WriteBatch batch, CancellationToken stop)
    {
        var sent = store.Read(s => LineTable.Of(s, scope.Connection.No, batch.Id)).ToDictionary(l => l.Line, StringComparer.Ordinal);
        // Payroll has said of an absent one that it does not have it, and nothing was sent since.
        if (!batch.Lines.Any(l => sent.TryGetValue(l.Id, out var line) && line.State != LineState.Absent))
        {
            return await WriteAsync(scope, sink, batch, stop);
        }
        var status = await sink.GetStatusAsync(batch, stop);
        var reconciled = Reconciled(batch, status);
        // What payroll once said of a line stands where it has nothing to say now.
        SinkOutcome[] known =
        [
            .. batch.Lines.Select(l => reconciled.FirstOrDefault(o => o.LineId == l.Id) ?? new SinkOutcome(l.Id, LineState.Absent))
                .Select(o => o.State == LineState.Unknown && sent.TryGetValue(o.LineId, out var line) ? new SinkOutcome(o.LineId, line.State, line.Reference, line.Detail ?? o.Detail) : o),
        ];
        await NoteAsync(scope, batch, known);
        var absent = batch.Lines.Where(l => Array.Exists(known, k => k.LineId == l.Id && k.State == LineState.Absent)).ToList();
        return absent.Count == 0 || Array.Exists(known, k => k.State == LineState.Unknown)
            ? known
            : [.. known.Where(k => k.State != LineState.Absent), .. await WriteAsync(scope, sink, new WriteBatch(batch.Id, absent), stop)];
    }

    private async Task<IReadOnlyList<SinkOutcome>> WriteAsync(RunScope scope, ISink sink, WriteBatch batch, CancellationToken stop)
    {
        // Nothing is written that was not previewed: lines that payroll would refuse do not hold up the others.
        var preview = await sink.PreviewAsync(batch, stop);
        SinkOutcome[] refused = [.. preview.Lines.Where(l => l.State == LineState.Rejected)];
        PayoutLine[] good = [.. batch.Lines.Where(l => !Array.Exists(refused, r => r.LineId == l.Id))];
        if (good.Length == 0)
        {
            return refused;
        }
        var writing = new WriteBatch(batch.Id, good);
        // Durable before the first byte leaves: whenever the host ends now, the next run asks what became of them.
        await NoteAsync(scope, writing, [.. good.Select(l => new SinkOutcome(l.Id, LineState.Unknown))]);
        var outcome = await sink.WriteAsync(writing, stop);
        // Before they are noted: what does not add up stays unknown.
        var reconciled = Reconciled(writing, outcome);
        SinkOutcome[] said = [.. good.Select(l => reconciled.FirstOrDefault(o => o.LineId == l.Id) ?? new SinkOutcome(l.Id, LineState.Unknown))];
        await NoteAsync(scope, writing, said);
        return [.. refused, .. said];
    }

    /// <summary>Nothing is acknowledged while payroll counts another sum than it was given.</summary>
    private static IReadOnlyList<SinkOutcome> Reconciled(WriteBatch batch, WriteOutcome outcome)
    {
        var taken = outcome.Lines.Where(l => l.State is LineState.Accepted or LineState.Applied).Select(l => l.LineId).ToHashSet(StringComparer.Ordinal);
        var sum = batch.Lines.Where(l => taken.Contains(l.Id)).Sum(l => l.Amount.Amount);
        return outcome.Total.Amount == sum && (sum == 0 || outcome.Total.Currency == batch.Total.Currency)
            ? outcome.Lines
            : throw new ConnectorException(ErrorKind.RemoteBug, $"Payroll counts {outcome.Total} of batch {batch.Id} as taken, and its lines add up to {sum} {batch.Total.Currency}: nothing is acknowledged.");
    }

    private Task NoteAsync(RunScope scope, WriteBatch batch, IReadOnlyList<SinkOutcome> outcomes) => store.Writer.WriteAsync(session =>
    {
        foreach (var line in outcomes)
        {
            LineTable.Put(session, scope.Connection.No, new SentLine(line.LineId, batch.Id, line.State, Storable(line.Reference), Storable(line.Detail)), Now);
        }
    });

    private static Acknowledgement Said(SinkOutcome line) => line.State == LineState.Rejected
        ? new Acknowledgement(line.LineId, Outcome.Failed, Storable(line.Reference), Storable(line.Detail))
        : new Acknowledgement(line.LineId, Outcome.Paid, Storable(line.Reference), null);

    private static string? Storable(string? text) => text is null ? null : RecordBody.Storable(text.Length <= Limits.IdLength ? text : text[..Limits.IdLength]);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
