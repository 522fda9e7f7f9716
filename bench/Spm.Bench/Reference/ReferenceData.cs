namespace Spm.Bench.Reference;

/// <summary>The rows of the reference work as columns. The order of the draws is part of its definition.</summary>
internal sealed class ReferenceData
{
    public ReferenceData(ReferenceSize size, long seed)
    {
        Size = size;
        var random = new SplitMix64((ulong)seed);
        MarginPercent = new long[ReferenceSize.Lines];
        Strategic = new long[ReferenceSize.Lines];
        for (var line = 0; line < ReferenceSize.Lines; line++)
        {
            MarginPercent[line] = 10 + (long)(random.Next() % 51);
            Strategic[line] = line % 4 == 0 ? 1 : 0;
        }
        Quotas = new long[size.Payees * ReferenceSize.Months * 3];
        for (var payee = 0; payee < size.Payees; payee++)
        {
            DrawQuotas(ref random, payee);
        }
        var rows = size.Transactions;
        (Rep, Account, Line, Day, Cents) = (new int[rows], new int[rows], new int[rows], new int[rows], new long[rows]);
        for (var i = 0; i < rows; i++)
        {
            Rep[i] = (int)(random.Next() % (ulong)size.Reps);
            Account[i] = (int)(random.Next() % (ulong)Math.Max(1, rows / 20));
            var x = random.Next();
            Line[i] = (int)(x % ReferenceSize.Lines);
            Day[i] = (int)((x >> 8) % 365);
            var y = random.Next();
            Cents[i] = (long)(1000 + (2 * ((y & 0xFFFFFFFF) % 1000) * ((y >> 32) % 1000)) + ((y >> 16) % 100));
        }
    }

    public ReferenceSize Size { get; }

    public long[] MarginPercent { get; }

    /// <summary>1 for a strategic product line, else 0.</summary>
    public long[] Strategic { get; }

    /// <summary>[payee, month, measure]: USD, strategic units, USD of margin.</summary>
    public long[] Quotas { get; }

    public int[] Rep { get; }

    public int[] Account { get; }

    public int[] Line { get; }

    /// <summary>0 is 2025-01-01.</summary>
    public int[] Day { get; }

    public long[] Cents { get; }

    private void DrawQuotas(ref SplitMix64 random, int payee)
    {
        var specialist = payee >= Size.FirstSpecialist;
        var peers = Size.Peers(payee);
        var percent = specialist ? 20 : 100;
        var e1 = 5000L * Size.Transactions / (12 * peers) * percent / 100;
        var e2 = 25L * Size.Transactions / (12 * peers) * percent / 100;
        if (specialist)
        {
            e2 = Strategic[payee - Size.FirstSpecialist] == 1 ? e2 * 4 : 400;
        }
        var e3 = e1 * 35 / 100;
        var f1 = 30 + (long)(random.Next() % 221);
        var f2 = 30 + (long)(random.Next() % 221);
        var f3 = 30 + (long)(random.Next() % 221);
        for (var month = 0; month < ReferenceSize.Months; month++)
        {
            var weight = 80 + (long)(random.Next() % 41);
            var at = ((payee * ReferenceSize.Months) + month) * 3;
            Quotas[at] = Math.Max(1, e1 * f1 * weight / 10_000);
            Quotas[at + 1] = Math.Max(1, e2 * f2 * weight / 1_000_000);
            Quotas[at + 2] = Math.Max(1, e3 * f3 * weight / 10_000);
        }
    }
}
