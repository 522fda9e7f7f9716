using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;

namespace Spm.Connectors.Conformance.Checks;

/// <summary>Sinks: nobody is paid twice, whatever happens to an answer.</summary>
internal static class SinkChecks
{
    public static Check[] All { get; } =
    [
        Check.ForSink("A_preview_changes_nothing", PreviewsAsync),
        Check.ForSink("A_batch_written_twice_pays_once_and_its_totals_agree", IsIdempotentAsync),
        Check.ForSink("A_write_whose_answer_is_lost_is_unknown_until_asked_and_pays_once", ResolvesUnknownAsync),
    ];

    private static async Task<string?> PreviewsAsync(Subject subject)
    {
        await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        var (vendor, sink) = (Payroll(bench), await OpenAsync(bench).ConfigureAwait(false));
        var preview = await sink.PreviewAsync(vendor.Batch, CancellationToken.None).ConfigureAwait(false);
        Check.SameKeys(vendor.Batch.Lines.Select(l => l.Id), preview.Lines.Select(l => l.LineId), "Previewed lines");
        Check.That(vendor.Taken.Count == 0, "A preview has written something.");
        return null;
    }

    private static async Task<string?> IsIdempotentAsync(Subject subject)
    {
        await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        var (vendor, sink) = (Payroll(bench), await OpenAsync(bench).ConfigureAwait(false));
        // A vendor that tells nothing is never written to again by the host before a person has looked.
        for (var i = 0; i < (vendor.TellsWhatItHas ? 2 : 1); i++)
        {
            var outcome = await sink.WriteAsync(vendor.Batch, CancellationToken.None).ConfigureAwait(false);
            Check.SameKeys(vendor.Batch.Lines.Select(l => l.Id), outcome.Lines.Select(l => l.LineId), "Lines with an outcome");
            Check.That(outcome.Total == vendor.Batch.Total, $"The vendor counts {outcome.Total}, the batch {vendor.Batch.Total}.");
        }
        PaidOnce(vendor);
        return null;
    }

    private static async Task<string?> ResolvesUnknownAsync(Subject subject)
    {
        var lost = 0;
        for (var at = 0; at < 20; at++)
        {
            await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
            var (vendor, sink) = (Payroll(bench), await OpenAsync(bench).ConfigureAwait(false));
            var server = vendor.Server ?? throw new NotApplicableException("The connector calls nobody.");
            server.Fail([.. Enumerable.Repeat<StubFault?>(null, at), StubFault.LostAnswer]);
            WriteOutcome? outcome = null;
            try
            {
                outcome = await sink.WriteAsync(vendor.Batch, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (HttpFailure.Of(e).Kind == ErrorKind.Transient)
            {
                // Nothing is known about any line.
            }
            if (server.ClearFaults() > 0)
            {
                break;
            }
            lost++;
            var claimed = outcome?.Lines.Where(l => l.State is LineState.Accepted or LineState.Applied).Select(l => l.LineId) ?? [];
            Check.That(claimed.All(id => vendor.Taken.Any(t => t.LineId == id)), "A line is reported as taken that the vendor does not have.");
            var absent = outcome?.Lines.Where(l => l.State is LineState.Absent or LineState.Rejected).Select(l => l.LineId) ?? [];
            Check.That(!absent.Any(id => vendor.Taken.Any(t => t.LineId == id)), "A line is reported as not taken that the vendor will pay.");
            var status = await sink.GetStatusAsync(vendor.Batch, CancellationToken.None).ConfigureAwait(false);
            if (!vendor.TellsWhatItHas)
            {
                Check.That(outcome is not null || vendor.Taken.Count == 0, "The vendor tells nothing, so what became of each line must be in the answer to the write.");
                Check.That(status.Lines.All(l => l.State == LineState.Unknown), "The connector says what it cannot know: its vendor tells nothing.");
                continue;
            }
            Check.That(status.Lines.All(l => l.State != LineState.Unknown), "Asked again, the connector still does not know.");
            Check.SameKeys(
                vendor.Taken.Select(t => t.LineId), status.Lines.Where(l => l.State is LineState.Accepted or LineState.Applied).Select(l => l.LineId), "Lines the vendor has");
            await sink.WriteAsync(vendor.Batch, CancellationToken.None).ConfigureAwait(false);
            PaidOnce(vendor);
        }
        return $"{lost} answers lost";
    }

    private static void PaidOnce(IPayrollVendor vendor)
    {
        Check.SameKeys(vendor.Batch.Lines.Select(l => l.Id), vendor.Taken.Select(t => t.LineId), "Lines the vendor will pay");
        Check.That(vendor.Taken.Count == vendor.Batch.Lines.Count, "The vendor will pay a line twice.");
        Check.That(vendor.Taken.Sum(t => t.Amount) == vendor.Batch.Total.Amount, "The vendor will pay another sum.");
    }

    internal static IPayrollVendor Payroll(Bench bench) =>
        bench.Vendor as IPayrollVendor ?? throw new ConformanceException($"The vendor of a sink must be an {nameof(IPayrollVendor)}.");

    private static async Task<ISink> OpenAsync(Bench bench) => await bench.OpenAsync().ConfigureAwait(false) as ISink
        ?? throw new ConformanceException($"The manifest says sink, so the connection must be an {nameof(ISink)}.");
}
