namespace Spm.Platform.Tests.Laws;

/// <summary>Whoever posts, imports, changes records and closes months at the same time: what is left is what one after another would have left.</summary>
public sealed class ConcurrencyLaws(LawHost host)
{
    private const int Posters = 8, Transactions = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    public async Task Posters_imports_and_changes_at_the_same_time_end_like_one_after_another(int seed, bool closing)
    {
        var (first, last) = (new LawCompany(seed), new LawCompany(seed + 1));
        var dice = new Random(seed);
        var arrivals = LawHistory.Arrivals(seed, Enumerable.Range(0, 1200).Select(_ => dice.Next()), Transactions);
        using var busy = await host.TenantAsync(first);
        var imported = arrivals[..400];
        var posted = arrivals[400..];

        await Task.WhenAll(
        [
            .. Enumerable.Range(0, Posters).Select(p => Task.Run(() => InTurnAsync(posted.Where((_, i) => i % Posters == p), busy.PostAsync))),
            .. imported.Chunk(100).Select(chunk => Task.Run(() => busy.ImportAsync("transactions", chunk))),
            Task.Run(() => InTurnAsync(Law.Shuffled(last.Records(), seed), busy.PutAsync)),
            Task.Run(() => InTurnAsync(Enumerable.Range(0, 20), _ => busy.ExpectBalancedAsync())),
            Task.Run(() => InTurnAsync(closing ? Enumerable.Range(1, 6).Select(m => $"2025-{m:00}") : [], busy.CloseAsync)),
        ]).WaitAsync(Patience);

        using var quiet = await host.TenantAsync(last);
        await quiet.ImportAsync("transactions", LawHistory.Final(arrivals));
        await quiet.CloseAsInAsync(busy);
        var (expected, actual) = (await Picture.OfAsync(quiet), await Picture.OfAsync(busy));
        if (closing)
        {
            Picture.ExpectSameFacts(expected, actual);
        }
        else
        {
            Picture.ExpectEqual(expected, actual);
        }
    }

    private static async Task InTurnAsync<T>(IEnumerable<T> items, Func<T, Task> act)
    {
        foreach (var item in items)
        {
            await act(item);
        }
    }
}
