using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Payouts;

namespace Spm.Compensation.Tests;

/// <summary>The first invariant: the same transactions give the same cents, in any order, in any batches, however often corrected.</summary>
public class MoneyLaws
{
    [Fact]
    public void Any_order_and_any_batching_gives_the_same_measurements_and_the_same_cents() => Property.Holds<int, int[]>((seed, deals) =>
    {
        var company = new RandomCompany(seed);
        var random = new Random(seed);
        var expected = Measure(company, deals);
        var merged = new MeasurementSum();
        foreach (var batch in deals.OrderBy(_ => random.Next()).Chunk(random.Next(1, 8)))
        {
            merged.Add(Measure(company, batch));
        }
        Assert.Equal(Filled(expected.All), Filled(merged.All));
        for (var rep = 0; rep < company.RepCount; rep++)
        {
            Assert.Equal(Cents(company, rep, expected.All), Cents(company, rep, merged.All));
        }
    });

    [Fact]
    public void Edits_refunds_and_deletions_equal_recomputation_from_scratch() => Property.Holds<int, int[]>((seed, steps) =>
    {
        var company = new RandomCompany(seed);
        var live = new MeasurementChanges();
        Dictionary<int, int> deals = [];
        for (var i = 0; i < steps.Length; i++)
        {
            var id = Math.Abs(steps[i] % 5);
            if (deals.Remove(id, out var old))
            {
                company.Apply(live, company.Deal(old), -1);
            }
            if (steps[i] % 3 != 0)
            {
                deals[id] = steps[i] + i;
                company.Apply(live, company.Deal(deals[id]));
            }
        }
        Assert.Equal(Filled(Measure(company, deals.Values).All), Filled(live.All));
    });

    [Fact]
    public void Sums_by_measure_and_month_pay_the_cents_that_the_single_credits_pay() => Property.Holds<int, int[]>((seed, deals) =>
    {
        var company = new RandomCompany(seed);
        var sums = Measure(company, deals);
        for (var rep = 0; rep < company.RepCount; rep++)
        {
            Assert.Equal(RandomCompany.Pay(company.FromCredits(rep, deals)), company.Pay(rep, sums));
        }
    });

    [Fact]
    public void Direct_credits_and_the_money_at_stake_sum_to_the_deal() => Property.Holds<int, int>((seed, number) =>
    {
        var company = new RandomCompany(seed);
        var deal = company.Deal(number);
        var result = new CreditResult();
        CreditRules.Credit(deal, company.Roster, result);
        var direct = result.Credits.Where(c => c.Kind == CreditKind.Direct).ToArray();
        var uncredited = result.Problems.Where(p => p.Code != CreditProblem.OutsideTerritory).Sum(p => p.AmountAtStake);
        Assert.Equal(deal.Amount, direct.Sum(c => c.Amount) + uncredited);
        if (uncredited == 0)
        {
            Assert.Equal((deal.Quantity, deal.Margin, deal.Count), (direct.Sum(c => c.Quantity), direct.Sum(c => c.Margin), direct.Sum(c => c.Count)));
        }
    }, 1000);

    [Fact]
    public void The_top_of_an_unchanging_hierarchy_sees_every_direct_credit_once() => Property.Holds<int, int[]>((seed, deals) =>
    {
        var company = new RandomCompany(seed);
        // Rep 0 is nobody's report; all others report to somebody before them.
        RepFacts[] reps = [.. company.Roster.Reps.Select((r, i) => r with { Managers = Given.Rep(i == 0 ? Roster.None : i / 2).Managers })];
        var roster = company.Roster with { Reps = [Given.Rep(), Given.Rep(0), .. reps[2..]] };
        var changes = new MeasurementChanges();
        var result = new CreditResult();
        long direct = 0;
        foreach (var deal in deals.Select(company.Deal).Where(Given.Revenue.Counts))
        {
            result.Clear();
            CreditRules.Credit(deal, roster, result);
            changes.Apply(deal, Given.Month(1), result.Credits, roster, [Given.Revenue], 1);
            direct += result.Credits.Where(c => c.Kind == CreditKind.Direct).Sum(c => c.Amount);
        }
        var top = changes.All.GetValueOrDefault(new MeasurementKey(SubjectKind.Rep, 0, Given.Revenue.No, Given.Month(1)));
        Assert.Equal(direct, top.Direct + top.RollUp);
    });

    private static MeasurementChanges Measure(RandomCompany company, IEnumerable<int> deals)
    {
        var changes = new MeasurementChanges();
        foreach (var deal in deals)
        {
            company.Apply(changes, company.Deal(deal));
        }
        return changes;
    }

    private static IEnumerable<KeyValuePair<MeasurementKey, Measurement>> Filled(IEnumerable<KeyValuePair<MeasurementKey, Measurement>> changes) =>
        changes.Where(c => !c.Value.IsEmpty).OrderBy(c => c.Key.Kind).ThenBy(c => c.Key.Subject).ThenBy(c => c.Key.Measure).ThenBy(c => c.Key.Month);

    private static IEnumerable<KeyValuePair<PayKey, long>> Cents(RandomCompany company, int rep, IEnumerable<KeyValuePair<MeasurementKey, Measurement>> changes) =>
        RandomCompany.Pay(company.FromSums(rep, changes)).OrderBy(p => p.Key.Month).ThenBy(p => p.Key.Component, StringComparer.Ordinal);

    /// <summary>Batches added up, as the owners of the measurements do it.</summary>
    private sealed class MeasurementSum
    {
        public Dictionary<MeasurementKey, Measurement> All { get; } = [];

        public void Add(MeasurementChanges batch)
        {
            foreach (var (key, change) in batch.All)
            {
                var sum = All.GetValueOrDefault(key);
                sum.Add(change);
                All[key] = sum;
            }
        }
    }
}
