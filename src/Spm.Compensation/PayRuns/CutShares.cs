using Spm.Compensation.Exactness;

namespace Spm.Compensation.PayRuns;

/// <summary>Who is due pay that a cap cuts: a deal, a component, or what is due beside them.</summary>
internal interface ICapped
{
    /// <summary>What is due in some months, less what caps have cut of it.</summary>
    decimal Left(IReadOnlyList<int> months);

    /// <param name="more">Of it than was cut a month ago; below zero where the cap pays what it has cut before.</param>
    /// <param name="toDate">Cut of it in the span.</param>
    void Cut(CutOfSpan cut, decimal more, decimal toDate);
}

/// <summary>
/// How what one cap cuts is shared: in the span to date, in proportion to what is left of what was due, and never more than that. So what a raised cap pays goes to
/// those whom it was cut of, in the month that pays it.
/// </summary>
/// <param name="parts">All that is due under the cap: what they have left sums to it.</param>
internal sealed class CutShares(IReadOnlyList<ICapped> parts)
{
    private readonly decimal[] _toDate = new decimal[parts.Count];

    public void Share(CutOfSpan cut)
    {
        if (cut.Amount == 0m && Array.TrueForAll(_toDate, s => s == 0m))
        {
            return;
        }
        decimal[] left = [.. parts.Select((p, i) => Math.Max(0m, p.Left(cut.Months) + _toDate[i]))];
        var whole = left.Sum();
        var amount = Math.Min(cut.Amount, whole);
        for (var i = 0; i < left.Length; i++)
        {
            var share = left[i] > 0m ? Exact.Ratio(amount, left[i], whole) : 0m;
            parts[i].Cut(cut, share - _toDate[i], share);
            _toDate[i] = cut.IsOver ? 0m : share;
        }
    }
}

/// <summary>What is due of no deal, or of no component.</summary>
internal sealed class DueBeside(int months) : ICapped
{
    private readonly decimal[] _left = new decimal[months];

    public void Add(int month, decimal due) => _left[month] += due;

    public decimal Left(IReadOnlyList<int> months) => months.Sum(m => _left[m]);

    public void Cut(CutOfSpan cut, decimal more, decimal toDate) => _left[cut.Last] -= more;
}
