using System.Security.Cryptography;
using System.Text.Json;
using Spm.Compensation.Fx;
using Spm.Compensation.PlanDocuments;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Plans;

/// <summary>
/// What reading plan documents and running their tests came to, of the last few documents. A plan is put while nobody else may change or use the
/// company, and its tests may take seconds: so they run before, and are found here then. What a document comes to depends on it and on the company's
/// currency and rule for other currencies alone.
/// </summary>
public sealed class PlanVerdicts
{
    private const int Kept = 64;
    private const long KeptBytes = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<((string Hash, string Currency, FxRule Fx) Key, long Bytes, Result<PlanDocument> Verdict)> _latest = [];

    public Result<PlanDocument> Of(PlanInput input, Company company)
    {
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(input, Json.Document);
        var key = (Convert.ToHexString(SHA256.HashData(utf8)), company.Settings.Currency, company.FxRule);
        lock (_lock)
        {
            if (_latest.FirstOrDefault(v => v.Key == key) is { Key.Hash: not null } known)
            {
                return known.Verdict;
            }
        }
        var verdict = PlanDocuments.Read(input, company);
        lock (_lock)
        {
            _latest.AddFirst((key, utf8.Length, verdict));
            while (_latest.Count > 1 && (_latest.Count > Kept || _latest.Sum(v => v.Bytes) > KeptBytes))
            {
                _latest.RemoveLast();
            }
        }
        return verdict;
    }
}
