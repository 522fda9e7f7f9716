using Spm.Client;

namespace Spm.Samples.AdventureWorks;

/// <summary>Loads the AdventureWorks sample company through the public REST API. Loading it again changes nothing.</summary>
public static class AdventureWorksLoader
{
    /// <summary>External ids are the database's own keys within this source.</summary>
    public const string Source = "adventureworks";

    public const string Measure = "orders";
    public const string Plan = "seller";

    private const string Currency = "USD";

    /// <summary>
    /// Company, calendar, measure and plan, then reps, territories, quotas and orders. Returns the finished jobs by entity.
    /// Every row of this data is good: a refused one is thrown as <see cref="InvalidDataException"/>.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, ImportJob>> LoadAsync(
        SpmClient client, string folder, IProgress<AdventureWorksProgress>? progress, CancellationToken ct)
    {
        await SetUpAsync(client, folder, ct);
        var jobs = new Dictionary<string, ImportJob>();
        foreach (var (entity, import) in Imports(client, folder, ct))
            jobs[entity] = await import(new Forward(entity, progress));
        return jobs;
    }

    /// <summary>What has to be there before the first file.</summary>
    internal static async Task SetUpAsync(SpmClient client, string folder, CancellationToken ct)
    {
        await client.Setup.PutCompanyAsync(new CompanyBody("Adventure Works Cycles", Currency), ct);
        foreach (var (year, body) in new AdventureWorksCalendar(new AdventureWorksFiles(folder).Quotas()).Years())
            await client.Calendar.PutYearAsync(year, body, ct);
        await client.Setup.PutMeasureAsync(Source, Measure, new MeasureRow("Orders", "amount", ["order"]), ct);
        await client.Setup.PutPlanAsync(Source, Plan, SellerPlan, ct);
    }

    /// <summary>The files in the order in which they refer to each other.</summary>
    internal static IReadOnlyList<(string Entity, Func<IProgress<ImportProgress>, Task<ImportJob>> Run)> Imports(
        SpmClient client, string folder, CancellationToken ct)
    {
        var files = new AdventureWorksFiles(folder);
        return
        [
            Step(ImportEntity.Reps, () => files.Sellers().Select(Rep)),
            Step(ImportEntity.Territories, () => Territories(files)),
            Step(ImportEntity.Quotas, () => Quotas(files)),
            Step(ImportEntity.Transactions, () => files.Orders().Select(Transaction)),
        ];

        (string, Func<IProgress<ImportProgress>, Task<ImportJob>>) Step<T>(string entity, Func<IEnumerable<T>> rows)
        {
            return (entity, RunAsync);

            async Task<ImportJob> RunAsync(IProgress<ImportProgress> progress)
            {
                var job = await client.Imports.ImportRowsAsync(entity, Source, rows(), progress, ct);
                await ThrowIfRefusedAsync(client, job, ct);
                return job;
            }
        }
    }

    /// <summary>The three without a territory manage the others in the original; their own few orders count all the same.</summary>
    private static RepRow Rep(Seller seller) => new(seller.Name, seller.Id)
    {
        Title = seller.HasTerritory ? "Sales Representative" : "Sales Manager",
        Plan = Plan,
    };

    private static IEnumerable<TerritoryRow> Territories(AdventureWorksFiles files)
    {
        var territories = files.Territories().ToList();
        var owners = files.Assignments().ToLookup(assignment => assignment.Territory);
        foreach (var group in territories.Select(territory => territory.Group).Distinct())
            yield return new TerritoryRow(group, ExternalId: group);
        foreach (var territory in territories)
            yield return new TerritoryRow(territory.Name, territory.Group, EqualShares.Of([.. owners[territory.Id]]), territory.Id);
    }

    private static IEnumerable<QuotaRow> Quotas(AdventureWorksFiles files)
    {
        var quotas = files.Quotas().ToList();
        var calendar = new AdventureWorksCalendar(quotas);
        return quotas.Select(quota => new QuotaRow(quota.Seller, Measure, calendar.QuarterOf(quota.QuarterStart), quota.Amount));
    }

    /// <summary>An order from the web shop belongs to no seller, although its territory has owners: a house account.</summary>
    private static TransactionRow Transaction(Order order) => new("order", order.Date, order.SubTotal, Currency, order.Revision)
    {
        ExternalId = order.Id,
        Rep = order.Seller,
        Territory = order.Territory,
        House = order.Seller is null ? true : null,
    };

    /// <summary>The original pays a flat rate; quarters with an accelerator show more of what a plan does.</summary>
    private const string SellerPlan = $$"""
        {
          "plan": "seller", "name": "Seller", "currency": "USD",
          "versions": [{
            "effective_from": "2011-05-31",
            "measures": [{ "id": "{{Measure}}", "value": "amount", "kinds": ["order"] }],
            "components": [{
              "id": "orders", "name": "Order commission", "measure": "{{Measure}}", "attainment_period": "quarter", "quota": "full",
              "rate_table": { "mode": "step", "tiers": [{ "from": 0, "to": 80, "rate": 1 }, { "from": 80, "to": 100, "rate": 1.5 }, { "from": 100, "rate": 3 }] }
            }]
          }]
        }
        """;

    private static async Task ThrowIfRefusedAsync(SpmClient client, ImportJob job, CancellationToken ct)
    {
        if (job.Error is { } error)
            throw new InvalidDataException($"The import of {job.Entity} failed ({error.Code}): {error.Detail}");
        if (job.Rows.Rejected == 0)
            return;
        var first = await client.Imports.RejectedAsync(job.Id, ct).FirstAsync(ct);
        var why = string.Join("; ", (first.Errors ?? []).Select(refusal => $"{refusal.Where}: {refusal.Code} {refusal.Detail}"));
        throw new InvalidDataException($"{job.Rows.Rejected} {job.Entity} were refused. Row {first.Row}: {why}: {first.Raw}");
    }

    private sealed class Forward(string entity, IProgress<AdventureWorksProgress>? target) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => target?.Report(new AdventureWorksProgress(entity, value));
    }
}

/// <summary>Which of the files is being loaded, and how far it is.</summary>
public sealed record AdventureWorksProgress(string Entity, ImportProgress Import);
