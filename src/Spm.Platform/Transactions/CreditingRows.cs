using System.Runtime.InteropServices;
using Spm.Compensation.Crediting;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>
/// Which transactions credit which rep in which month: a row each in `crediting`, or one row in `crediting_many` for all those of a rep that a
/// commit brings. Written in the order of the tables' keys: neighbours share a page.
/// </summary>
internal sealed class CreditingRows
{
    // So many of a rep in one commit are a row together: reading a month then opens at most a row for every so many transactions.
    private const int Many = 4;

    private readonly List<(int Rep, int Month, long Txn)> _rows = [];
    private readonly MonthLists _lists = new();
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

    public bool HasEnded(long txn) => _ended.Contains(txn);

    /// <summary>For transactions that are new in this commit.</summary>
    public void Write(SqlSession session, int tenant)
    {
        if (_ended.Count > 0)
        {
            _rows.RemoveAll(r => _ended.Contains(r.Txn));
        }
        _rows.Sort();
        var (each, together) = (Each(session), Together(session));
        for (var rows = CollectionsMarshal.AsSpan(_rows); !rows.IsEmpty;)
        {
            var count = OfOneRep(rows);
            if (count < Many)
            {
                WriteEach(each, tenant, rows[..count]);
            }
            else
            {
                WriteTogether(together, tenant, rows[..count]);
            }
            rows = rows[count..];
        }
        each.Send();
        together.Send();
    }

    /// <summary>For transactions that are here already and credit others than before.</summary>
    public void WriteEach(SqlSession session, int tenant)
    {
        _rows.Sort();
        var each = Each(session);
        WriteEach(each, tenant, CollectionsMarshal.AsSpan(_rows));
        each.Send();
    }

    /// <summary>Of an ended transaction, or one that credits others from now on. What stands in `crediting_many` stays: readers look at the transaction.</summary>
    public static void Remove(SqlSession session, int tenant, TransactionRow row)
    {
        foreach (var credit in row.Credits)
        {
            session.Send("delete from crediting where tenant = $1 and rep = $2 and month = $3 and txn = $4", tenant, credit.Rep, row.Month, row.Seq);
        }
    }

    private static int OfOneRep(ReadOnlySpan<(int Rep, int Month, long Txn)> rows)
    {
        var count = 1;
        while (count < rows.Length && rows[count].Rep == rows[0].Rep)
        {
            count++;
        }
        return count;
    }

    private static Statement Each(SqlSession session) => session.Prepare("insert into crediting (tenant, rep, month, txn) values (?, ?, ?, ?) on conflict do nothing");

    private static Statement Together(SqlSession session) => session.Prepare("insert into crediting_many (tenant, rep, first, txns) values (?, ?, ?, ?)");

    private static void WriteEach(Statement insert, int tenant, ReadOnlySpan<(int Rep, int Month, long Txn)> rows)
    {
        foreach (var (rep, month, txn) in rows)
        {
            insert.Bind(tenant).Bind(rep).Bind(month).Bind(txn).Add();
        }
    }

    private void WriteTogether(Statement insert, int tenant, ReadOnlySpan<(int Rep, int Month, long Txn)> rows)
    {
        _lists.Clear();
        var first = rows[0].Txn;
        foreach (var (_, month, txn) in rows)
        {
            _lists.Add(month, txn);
            first = Math.Min(first, txn);
        }
        insert.Bind(tenant).Bind(rows[0].Rep).Bind(first).Bind(_lists.End()).Add();
    }
}
