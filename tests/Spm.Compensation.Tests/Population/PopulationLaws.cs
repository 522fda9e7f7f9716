namespace Spm.Compensation.Tests.Population;

/// <summary>Both ways through a population, in any pieces, give what crediting one by one gives.</summary>
public class PopulationLaws
{
    [Fact]
    public void Measuring_a_population_equals_crediting_every_transaction_by_itself() => Property.Holds<int>(seed =>
    {
        var population = new RandomPopulation(seed);
        Assert.Equal(population.Naive(), RandomPopulation.All(population.Aggregated(1)));
    }, 60);

    [Fact]
    public void Sums_first_and_the_ledger_measure_the_same_in_any_pieces() => Property.Holds<int>(seed =>
    {
        var population = new RandomPopulation(seed);
        var whole = RandomPopulation.All(population.Aggregated(1)).ToArray();
        Assert.Equal(whole, RandomPopulation.All(population.Aggregated(3)));
        Assert.Equal(whole, RandomPopulation.All(population.ByLedger(1).Cube));
        Assert.Equal(whole, RandomPopulation.All(population.ByLedger(3).Cube));
    }, 60);

    [Fact]
    public void The_credits_that_explain_a_measurement_sum_to_it() => Property.Holds<int>(seed =>
    {
        var (ledger, cube) = new RandomPopulation(seed).ByLedger(2);
        var explained = 0L;
        for (var payee = 0; payee < cube.Payees; payee++)
        {
            for (var period = 0; period < cube.Periods; period++)
            {
                var credits = ledger.CreditsOf(payee, period).ToArray();
                explained += credits.Length;
                for (var k = 0; k < cube.Measures.Count; k++)
                {
                    Assert.Equal(cube[payee, period, k], credits.Sum(c => c.Values[k]));
                }
            }
        }
        Assert.Equal(ledger.Credits, explained);
    }, 20);
}
