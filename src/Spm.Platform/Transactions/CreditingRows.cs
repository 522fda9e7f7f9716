using Spm.Compensation.Crediting;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>Which transactions credit which rep in which month. Written in the order of the table's key: neighbours share a page.</summary>
internal sealed class CreditingRows
{
    private readonly List<(int Rep, int Month, long Txn)> _rows = [];
    private readonly HashSet<long> _ended = [];

    public void Add(long txn, int month, ReadOnlySpan<Credit> credits)
    {
        foreach (var credit in credits)
        {
            _rows.Add((credit.Rep, month, txn));
        }
    }

    /// <summary>A version that ends before its rows were written: a newer one of the same batch takes its place, and it credits nobody.</summary>
    public void End(long txn) => _ended.Add(txn);

    public void Write(SqlSession session, int tenant)
    {
        if (_ended.Count > 0)
        {
            _rows.RemoveAll(r => _ended.Contains(r.Txn));
        }
        _rows.Sort();
        var insert = session.Prepare("insert into crediting (tenant, rep, month, txn) values (?, ?, ?, ?) on conflict do nothing");
        foreach (var (rep, month, txn) in _rows)
        {
            insert.Bind(tenant).Bind(rep).Bind(month).Bind(txn).Run();
        }
    }
}
