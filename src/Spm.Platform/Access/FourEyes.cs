using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts;
using Spm.Storage;

namespace Spm.Platform.Access;

/// <summary>
/// Nobody approves their own payout, nor what they have submitted: not with the credential that submitted it, not with one that it made,
/// and not with the one that made it. A credential with every scope sets a company up alone and is not held to it, unless the
/// installation says so.
/// </summary>
/// <param name="always">Holds every credential to it.</param>
public sealed class FourEyes(bool always)
{
    /// <summary>Call inside the write that submits.</summary>
    public static void Submitted(SqlSession session, Caller caller, string subject, long now) => session.Execute(
        "insert into submitter (tenant, subject, credential, owner, at) values ($1, $2, $3, $4, $5) "
        + "on conflict (tenant, subject) do update set credential = excluded.credential, owner = excluded.owner, at = excluded.at",
        caller.Tenant, subject, caller.Credential, caller.Owner, now);

    /// <summary>Call inside the write that approves. Null when the caller may.</summary>
    /// <param name="others">What besides the payouts is approved with them: the id of their batch.</param>
    public Error? Refuses(SqlSession session, Caller caller, Company company, IReadOnlyList<PayoutRow> payouts, IReadOnlyList<string> others)
    {
        if (caller.Scopes.Contains(Scopes.All) && !always)
        {
            return null;
        }
        if (caller.Rep is { } rep)
        {
            var self = company.Reps.Resolve(rep, "");
            // Whose payout is not to be approved must be known: a name that is nobody's, or several people's, is no way round.
            if (!self.Found || self.Ambiguous)
            {
                return new Error(ErrorCodes.OwnPayout, "The credential names a rep who is not exactly one here, so nobody can tell which payout is its own.");
            }
            if (payouts.Any(p => p.Rep == self.No))
            {
                return new Error(ErrorCodes.OwnPayout, "Your own payout is among these: somebody else approves it.");
            }
        }
        return others.Concat(payouts.Select(p => p.Id)).Any(subject => IsOf(session, caller, subject))
            ? new Error(ErrorCodes.SubmittedByApprover, "You have submitted this: somebody else approves it.")
            : null;
    }

    private static bool IsOf(SqlSession session, Caller caller, string subject) => session.Long(
        "select 1 from submitter where tenant = $1 and subject = $2 and (credential = $3 or credential = $4 or owner = $3)",
        caller.Tenant, subject, caller.Credential, caller.Owner) == 1;
}
