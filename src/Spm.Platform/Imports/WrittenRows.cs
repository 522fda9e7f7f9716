using System.Globalization;
using System.Security.Cryptography;
using System.Text.Unicode;
using Spm.Compensation.Crediting;
using Spm.Platform.AuditTrail;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Imports;

/// <summary>
/// Tells the audit trail of transactions that a job has written, in their commit: how many rows came to what, and a hash over those that
/// were created or corrected. Each of them is kept as a version in the log, with the job and the row it came from.
/// </summary>
internal sealed class WrittenRows : IDisposable
{
    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _text = new byte[1024];
    private ImportCounts _told;

    public void Add(long row, TransactionRow transaction)
    {
        int length;
        while (!TryWrite(_text, row, transaction, out length))
        {
            _text = new byte[2 * _text.Length];
        }
        _sha.AppendData(_text.AsSpan(0, length));
    }

    /// <summary>Where nothing was written nothing is told, and the counts wait for the next time.</summary>
    /// <param name="counts">Of the whole chunk: of what is told the counts that were told before are taken away.</param>
    public void Tell(SqlSession session, int tenant, JobAuthor by, ImportCounts counts, long now)
    {
        if (counts.Created == _told.Created && counts.Corrected == _told.Corrected)
        {
            return;
        }
        var after = new
        {
            Created = counts.Created - _told.Created,
            Corrected = counts.Corrected - _told.Corrected,
            Unchanged = counts.Unchanged - _told.Unchanged,
            Rejected = counts.Rejected - _told.Rejected,
            Sha256 = Convert.ToHexStringLower(_sha.GetHashAndReset()),
        };
        _told = counts;
        AuditTable.Append(session, tenant, by.Credential, "transactions.put", by.Job, by.Request, null, AuditTable.Text(after), now);
    }

    public void Dispose() => _sha.Dispose();

    /// <summary>Everything a version says, a field a line, in the order of the log's columns; facts with their length, as they may have lines.</summary>
    private static bool TryWrite(Span<byte> text, long row, TransactionRow t, out int length) => Utf8.TryWrite(
        text,
        CultureInfo.InvariantCulture,
        $"{row}\n{t.Source}\n{t.ExternalId}\n{t.Version}\n{t.Kind}\n{t.Date:yyyy-MM-dd}\n{t.Amount}\n{t.Currency}\n{t.Quantity}\n{t.Margin}\n{t.Rep}\n{t.Account}\n{t.Territory}\n"
        + $"{t.Product}\n{t.Deal}\n{t.Facts?.Length ?? -1}:{t.Facts}\n{(int)t.Flags}\n{Splits(t.Splits)}\n",
        out length);

    private static string Splits(IReadOnlyList<SplitPart> splits) =>
        splits.Count == 0 ? "" : string.Join(';', splits.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Rep}:{s.Millionths}")));
}
