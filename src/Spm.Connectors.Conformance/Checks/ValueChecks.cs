using Spm.Connectors.Conformance.Support;

namespace Spm.Connectors.Conformance.Checks;

/// <summary>What is read is what the vendor says, wherever and whenever it is read.</summary>
internal static class ValueChecks
{
    public static Check[] All { get; } =
    [
        Check.ForSource("Amounts_are_those_of_the_vendor", AmountsAsync),
        Check.ForSource("A_read_gives_the_same_in_every_time_zone", IgnoresTheZoneAsync),
    ];

    private static async Task<string?> AmountsAsync(Subject subject)
    {
        var compared = 0;
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await SourceChecks.FilledAsync(subject, stream.Name).ConfigureAwait(false);
            var (messages, error) = await bench.ReadAsync(stream.Name, null).ConfigureAwait(false);
            Check.That(error is null, $"{stream.Name}: {error}");
            foreach (var record in messages.OfType<SourceRecord>().Where(r => !r.Deleted))
            {
                if (bench.Vendor.Amount(stream.Name, record.Key) is { } amount)
                {
                    var read = AmountOf(record.Entity);
                    Check.That(read == amount, $"{stream.Name}: {record.Key} is {amount} at the vendor and was read as {read?.ToString() ?? "no amount"}.");
                    compared++;
                }
            }
        }
        return compared > 0 ? $"{compared} amounts" : throw new NotApplicableException($"The vendor tells no amount: see {nameof(IVendor)}.{nameof(IVendor.Amount)}.");
    }

    private static Money? AmountOf(CanonicalEntity? entity) => entity switch
    {
        Opportunity o => o.Amount,
        OpportunityLine l => l.Amount,
        Invoice i => i.Amount,
        Payment p => p.Amount,
        Refund r => r.Amount,
        _ => null,
    };

    /// <summary>A time without an offset is none of the machine that reads it. The zone is the process's: nothing else may run beside this check.</summary>
    private static async Task<string?> IgnoresTheZoneAsync(Subject subject)
    {
        foreach (var stream in subject.Manifest.Streams)
        {
            await using var bench = await SourceChecks.FilledAsync(subject, stream.Name).ConfigureAwait(false);
            List<IReadOnlyList<SourceRecord>> read = [];
            foreach (var zone in (string[])["Etc/UTC", "America/St_Johns", "Asia/Tokyo"])
            {
                using var there = new InZone(zone);
                var (messages, error) = await bench.ReadAsync(stream.Name, null).ConfigureAwait(false);
                Check.That(error is null, $"{stream.Name} in {zone}: {error}");
                read.Add([.. messages.OfType<SourceRecord>()]);
                Same(read[0], read[^1], $"{stream.Name}, read in Etc/UTC and in {zone}");
            }
        }
        return null;
    }

    /// <summary>That two reads gave the same of every record.</summary>
    internal static void Same(IEnumerable<SourceRecord> first, IEnumerable<SourceRecord> second, string where)
    {
        var byKey = second.ToLookup(r => r.Key);
        foreach (var record in first)
        {
            var again = byKey[record.Key].LastOrDefault();
            var (was, now) = again is not null && Shown(record) == Shown(again) ? ($"{record.UpdatedAt?.UtcDateTime:O}", $"{again.UpdatedAt?.UtcDateTime:O}") : (Shown(record), Shown(again));
            Check.That(was == now, $"{where}: {record.Key} was {was} and then {now}.");
        }
    }

    private static string Shown(SourceRecord? record) => record is null ? "not there" : record.Entity?.ToString() ?? "gone";
}
