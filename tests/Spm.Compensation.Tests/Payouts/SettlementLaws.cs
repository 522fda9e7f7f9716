using Spm.Compensation.Attainment;
using Spm.Compensation.Payouts;

namespace Spm.Compensation.Tests.Payouts;

/// <summary>Deals arrive, are edited and deleted while months are closed in any order; the ledger is kept up now and then.</summary>
public class SettlementLaws
{
    [Fact]
    public void After_any_closings_what_is_settled_and_drafted_is_what_is_earned() => Property.Holds<int, int[]>((seed, steps) =>
    {
        var company = new RandomCompany(seed);
        var books = Enumerable.Range(0, company.RepCount).Select(_ => new Book()).ToArray();
        var changes = Play(company, books, steps);
        for (var rep = 0; rep < books.Length; rep++)
        {
            var incentives = company.Pay(rep, changes);
            books[rep].Post(incentives);
            books[rep].Verify(incentives);
        }
    }, 300);

    [Fact]
    public void Two_histories_that_end_alike_are_paid_alike() => Property.Holds<int, int[]>((seed, deals) =>
    {
        var company = new RandomCompany(seed);
        var (one, other) = (new Book(), new Book());
        var changes = new MeasurementChanges();
        foreach (var deal in deals)
        {
            company.Apply(changes, company.Deal(deal));
            one.Post(company.Pay(0, changes));
        }
        other.Post(company.Pay(0, changes));
        Assert.Equal(
            one.Drafts().SelectMany(d => d.Lines),
            other.Drafts().SelectMany(d => d.Lines));
    }, 100);

    private static MeasurementChanges Play(RandomCompany company, Book[] books, int[] steps)
    {
        var changes = new MeasurementChanges();
        Dictionary<int, int> deals = [];
        for (var i = 0; i < 20; i++)
        {
            deals[i] = i * 7;
            company.Apply(changes, company.Deal(deals[i]));
        }
        for (var i = 0; i < steps.Length; i++)
        {
            switch (Math.Abs(steps[i] % 6))
            {
                case 0:
                    var month = Math.Abs(steps[i] / 6 % 12);
                    for (var rep = 0; rep < books.Length; rep++)
                    {
                        books[rep].Post(company.Pay(rep, changes));
                        books[rep].Close(month);
                    }
                    break;
                case 1:
                    if (deals.Remove(Math.Abs(steps[i] / 6 % 24), out var old))
                    {
                        company.Apply(changes, company.Deal(old), -1);
                    }
                    break;
                default:
                    if (deals.TryAdd(Math.Abs(steps[i] / 6 % 24), steps[i] + i))
                    {
                        company.Apply(changes, company.Deal(steps[i] + i));
                    }
                    break;
            }
        }
        return changes;
    }

    /// <summary>One rep's ledger and payouts, kept the way a platform keeps them. The last month never closes.</summary>
    private sealed class Book
    {
        private readonly Dictionary<PayKey, long> _posted = [];
        private readonly List<SettledMonth> _settled = [];
        private readonly HashSet<int> _closed = [];
        private readonly List<int> _open = [.. Given.Year.Months.Select(m => m.No)];

        public IReadOnlyList<PayoutDraft> Drafts() => Settlement.Drafts(_posted, _settled, _open, _closed);

        public void Post(Dictionary<PayKey, long> incentives)
        {
            foreach (var difference in Settlement.Differences(incentives, _posted, _closed, _open))
            {
                Assert.DoesNotContain(difference.Month, _closed);
                Assert.Equal(_closed.Contains(difference.Origin.Month) ? _open[0] : difference.Origin.Month, difference.Month);
                _posted[difference.Origin] = _posted.GetValueOrDefault(difference.Origin) + difference.Minor;
            }
        }

        /// <summary>Closes a month: the first open one, or for an odd number another one that is open.</summary>
        public void Close(int number)
        {
            if (_open.Count == 1)
            {
                return;
            }
            var month = number % 2 == 0 ? _open[0] : _open[Math.Min(number, _open.Count - 2)];
            if (Drafts().FirstOrDefault(d => d.Month == month) is { } draft)
            {
                _settled.Add(draft.Close());
            }
            _open.Remove(month);
            _closed.Add(month);
        }

        public void Verify(Dictionary<PayKey, long> incentives)
        {
            List<SettledMonth> drafts = [.. Drafts().Select(d => d.Close())];
            var due = _settled.SelectMany(s => s.Lines).Concat(drafts.SelectMany(d => d.Lines))
                .GroupBy(l => l.Origin).ToDictionary(g => g.Key, g => g.Sum(l => l.Minor));
            Assert.Equal(NonZero(incentives), NonZero(due));
            Assert.All(_settled, s => Assert.True(s.Due >= 0 && s.CarriedOut <= 0));
            // Money that leaves: what is paid, what the open months would pay and the last rest is all that is earned.
            Assert.Equal(incentives.Values.Sum(), _settled.Sum(s => s.Due) + drafts.Sum(d => d.Due) + (drafts.Count == 0 ? 0 : drafts[^1].CarriedOut));
        }

        private static IEnumerable<(PayKey, long)> NonZero(Dictionary<PayKey, long> minor) =>
            minor.Where(m => m.Value != 0).Select(m => (m.Key, m.Value)).OrderBy(m => (m.Key.Month, m.Key.Plan, m.Key.Component));
    }
}
