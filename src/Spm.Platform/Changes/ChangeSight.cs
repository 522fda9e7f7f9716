using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.PayoutBatches;
using Spm.Platform.Payouts;
using Spm.Platform.Plans;
using Spm.Platform.Reps;
using Spm.Storage;

namespace Spm.Platform.Changes;

/// <summary>Which changes a caller is told of: those of what they may read and see, by the rules of the operations that read it.</summary>
public sealed class ChangeSight(RepSlice reps, PlanSlice plans)
{
    /// <param name="rows">Those that will be asked about.</param>
    internal Seen Of(SqlSession session, Caller caller, Company company, IReadOnlyList<ChangeRow> rows) =>
        new(caller, company, Sight.Of(caller, company), reps, plans, caller.Reach == Reach.Everyone ? [] : Batches(session, caller, company, rows));

    /// <summary>The ids of batches that the caller sees as they stand.</summary>
    private static HashSet<string> Batches(SqlSession session, Caller caller, Company company, IReadOnlyList<ChangeRow> rows) =>
        [.. BatchTable.Find(session, company.Tenant, [.. rows.Where(r => r.Kind == ChangeKinds.PayoutBatch).Select(r => r.Subject).Distinct()]).Where(b => BatchQueries.Sees(caller, b)).Select(b => b.Id)];

    internal sealed class Seen(Caller caller, Company company, Sight sight, RepSlice reps, PlanSlice plans, IReadOnlySet<string> batches)
    {
        private readonly HashSet<string> _kinds = [.. ChangeKinds.Scopes.Where(k => caller.Has(k.Value)).Select(k => k.Key)];

        /// <summary>Null where the caller is not told.</summary>
        public ChangeView? View(ChangeRow row)
        {
            if (!_kinds.Contains(row.Kind) || !Sees(row))
            {
                return null;
            }
            var (source, externalId) = Key(row);
            return new ChangeView(row.Kind, row.Subject, source, externalId, row.Removed, Wire.Instant(row.At));
        }

        private bool Sees(ChangeRow row) => row.Kind switch
        {
            ChangeKinds.Payout => Ids.Payout(company.Tenant, row.Subject) is var (rep, month) && (sight.SeesEveryone || PayoutQueries.Sees(sight, company, rep, month)),
            ChangeKinds.PayoutBatch => caller.Reach == Reach.Everyone || batches.Contains(row.Subject),
            RecordKinds.Quota => sight.SeesEveryone || SeesQuota(row.Subject),
            "rep" => company.Reps.ById(row.Subject) is { } entry && reps.IsSeen(entry, company, sight),
            "plan" => company.PlanDocs.ById(row.Subject) is { } entry && plans.IsSeen(entry, company, sight),
            _ => true,
        };

        /// <summary>A quota is seen by whoever sees the rep in its period, also when it is gone.</summary>
        private bool SeesQuota(string key) => key.Split('/') is [var rep, _, var period, ..] && company.Reps.ById(rep) is { } entry && sight.SeesIn(entry.No, company.Calendar.Find(period));

        private (string? Source, string? ExternalId) Key(ChangeRow row) => row.Kind switch
        {
            "rep" => Of(company.Reps, row),
            "plan" => Of(company.PlanDocs, row),
            "measure" => Of(company.MeasureDocs, row),
            "territory" => Of(company.Territories, row),
            "account" => Of(company.Accounts, row),
            _ => (null, null),
        };

        private static (string? Source, string? ExternalId) Of<TDoc>(Registry<TDoc> records, ChangeRow row) => records.ById(row.Subject) is { } entry ? (entry.Source, entry.ExternalId) : (null, null);
    }
}
