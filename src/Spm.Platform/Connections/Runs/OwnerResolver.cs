using Spm.Platform.Companies;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Who is meant by the owner of a deal. People of the directory are recognised by their e-mail address, and by nothing else: their key at one
/// vendor may be somebody else's number at another. That holds for who is gone there, too. Whoever was never in the directory is meant by id or
/// external id.
/// </summary>
internal sealed class OwnerResolver(Company company, IReadOnlyDictionary<string, string?> directory)
{
    private const int Several = -2;
    private Dictionary<string, int>? _byEmail;

    public Company Company => company;

    /// <returns>What a transaction names the rep by. Where it is nobody, or nobody knows who, why: so that the refusal tells it.</returns>
    public string Resolve(string owner)
    {
        if (!directory.TryGetValue(owner, out var email))
        {
            return owner;
        }
        if (string.IsNullOrEmpty(email))
        {
            return $"{owner} (no e-mail address)";
        }
        _byEmail ??= ByEmail();
        return !_byEmail.TryGetValue(email, out var rep) ? email : rep == Several ? $"{email} (of several reps)" : company.Reps[rep].Id;
    }

    private Dictionary<string, int> ByEmail()
    {
        var reps = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var rep in company.Reps.All.Where(r => r.Doc.Email is not null))
        {
            reps[rep.Doc.Email!] = reps.ContainsKey(rep.Doc.Email!) ? Several : rep.No;
        }
        return reps;
    }
}
