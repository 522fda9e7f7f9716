using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Credentials;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.PersonalData;

/// <summary>
/// Takes a person out of everything that is kept: all revisions of the rep, the audit trail, rejected rows of imports, records of connections, events, and keys that were the rep's,
/// which end. One commit. Money, ledger and ids stay as they are, and so does what anybody else is due.
/// </summary>
public sealed class ErasureCommands(TenantDirectory tenants, ApiKeys keys, SpmStore store, RecordClock clock)
{
    public async Task<Result<Attestation>> EraseAsync(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.PersonalDataErase) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        using var entry = await tenant.Gate.WriteAsync();
        var company = tenant.Company;
        if (company.Reps.ById(id) is not { } rep)
        {
            return new Error(ErrorCodes.NotFound, $"There is no rep '{id}'.");
        }
        if (!(rep.Doc.LeftOn <= caller.Day))
        {
            return new Error(ErrorCodes.RepStillEmployed, "The rep is employed: put `left_on` first, and see to it that no source sends the rep again.");
        }
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var pseudonym = Pseudonym.Of(company, rep);
        var editor = new CompanyEditor(company, now);
        editor.Put(editor.Reps, rep.Source, rep.ExternalId, pseudonym.In(rep.Doc), (_, _) => true);
        var after = editor.Build();
        using var inFlight = tenant.Begin();
        var (attestation, ended, last) = await store.Writer.WriteAsync(session =>
        {
            var erasure = new Erasure(session, tenant.No, rep, pseudonym, now);
            // What is known of the person says where to look, so it is read before anything is replaced.
            var (rows, records, entries) = (erasure.ImportRows(), erasure.SourceRecords() + erasure.LandedRecords(), erasure.AuditEntries());
            var ended = erasure.Keys();
            var last = RecordTable.Write(session, tenant.No, editor.Changes);
            var done = new Attestation(pseudonym.Name, erasure.Revisions(), ended.Count, erasure.Users(), rows, records, erasure.Events(), entries);
            AuditTable.Append(session, caller, AuditErasures.Action, rep.Id, null, Json.Store(done), now);
            TenantCommits.Record(session, tenant, [rep.No]);
            return (done, ended, last);
        });
        tenant.Company = after with { LastChange = last };
        tenant.MarkUnsettled(rep.No);
        ended.ForEach(keys.Forget);
        return attestation;
    }
}
