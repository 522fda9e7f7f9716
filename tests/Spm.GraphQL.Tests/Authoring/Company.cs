using System.Runtime.CompilerServices;
using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.GraphQL.DataLoaders;

namespace Spm.GraphQL.Tests.Authoring;

/// <summary>A small program that a schema is made of.</summary>
public sealed class Company
{
    public List<IReadOnlyList<int>> Fetches { get; } = [];

    public IReadOnlyList<Rep> Reps { get; } =
    [
        .. Enumerable.Range(1, 25).Select(i => new Rep(i, $"Rep {i}", i % 3 == 0 ? null : $"rep{i}@example.com", i % 4, (Rank)(i % 3), new DateOnly(2025, 1, i), i * 10.25m)),
    ];
}

/// <summary>A seller.</summary>
/// <param name="Name">How the rep is called.</param>
public sealed record Rep([property: ID] int Id, string Name, string? Email, [property: GraphQLIgnore] int TerritoryId, Rank Rank, DateOnly HiredOn, decimal Quota) : IPerson
{
    [Obsolete("Ask for the rank.")]
    public bool IsSenior => Rank == Rank.TeamLead;

    public IReadOnlyList<double> Ratings => [1, 2.5];
}

public sealed record Manager([property: ID] int Id, string Name, Rep[] Reports) : IPerson;

public interface IPerson
{
    [ID]
    int Id { get; }

    string Name { get; }
}

public enum Rank
{
    Junior,
    Senior,

    /// <summary>Leads a team.</summary>
    TeamLead,
}

public sealed record Territory([property: ID] int Id, string Name)
{
    /// <summary>Reached by way of other objects only.</summary>
    public IPlace Seat => new Town("Springfield", 7);
}

public interface IPlace
{
    string Town { get; }
}

public abstract record Place(string Town) : IPlace;

public sealed record Town(string Name, int Hills) : Place(Name);

[UnionType]
public interface IFound;

public sealed record FoundRep(Rep Rep) : IFound;

public sealed record FoundTerritory(Territory Territory) : IFound;

public sealed record RenameInput([property: ID] int Id, string Name, Optional<string?> Reason, Rank Rank = Rank.Senior, IReadOnlyList<int>? Tags = null);

public sealed class NameTakenException(string name) : Exception($"{name} is taken.")
{
    public string Name { get; } = name;
}

public sealed class TerritoryById(Company company) : DataLoader<int, Territory>
{
    protected override Task<IReadOnlyDictionary<int, Territory>> FetchAsync(IReadOnlyList<int> keys, CancellationToken cancellation)
    {
        company.Fetches.Add(keys);
        return Task.FromResult<IReadOnlyDictionary<int, Territory>>(keys.Where(k => k > 0).ToDictionary(k => k, k => new Territory(k, $"Territory {k}")));
    }
}

[QueryType]
public static class CompanyQueries
{
    public static Rep? GetRep([ID] int id, [Service] Company company) => company.Reps.FirstOrDefault(r => r.Id == id);

    [UseConnection(DefaultSize = 3, MaxSize = 10)]
    [UseFiltering]
    [UseSorting]
    public static IEnumerable<Rep> GetReps([Service] Company company, Rank? rank = null) => company.Reps.Where(r => rank is null || r.Rank == rank);

    [UseConnection]
    public static Page<Rep> GetOwnPages([Service] Company company, PageArguments page) =>
        new([.. company.Reps.Take(page.First ?? 0)], [.. company.Reps.Take(page.First ?? 0).Select(r => $"own-{r.Id}")], true, false);

    public static async Task<IPerson> GetBossAsync([Service] Company company)
    {
        await Task.Yield();
        return new Manager(100, "Boss", [.. company.Reps.Take(2)]);
    }

    public static IFound Find(bool territory, [Service] Company company) =>
        territory ? new FoundTerritory(new Territory(1, "North")) : new FoundRep(company.Reps[0]);

    /// <summary>A part of an array, with a hole.</summary>
    public static ArraySegment<Rep?> GetFirstReps(int count, [Service] Company company) => new([.. company.Reps.Take(count), null, company.Reps[0]], 0, count + 1);

    public static System.Collections.Immutable.ImmutableArray<Rep> GetLastReps([Service] Company company) => [.. company.Reps.TakeLast(2)];

    public static ArraySegment<Rep> GetHoles([Service] Company company) => new([company.Reps[0], null!]);

    public static string Broken() => throw new InvalidOperationException("The password is 1234.");

    public static async Task<string> WaitAsync(int milliseconds, CancellationToken cancellation)
    {
        await Task.Delay(milliseconds, cancellation);
        return "done";
    }

    public static Place Nearby() => new Town("Shelbyville", 1);

    public static string Sum(IEnumerable<int> terms, Company company) => $"{terms.Sum()} of {company.Reps.Count}";

    public static IEnumerable<int> Numbers(int count) => Enumerable.Range(1, count);

    public static string Echo(IReadOnlyList<IReadOnlyList<Rank>> ranks, Optional<int> number) =>
        $"{string.Join(";", ranks.Select(r => string.Join(",", r)))} {(number.HasValue ? number.Value : "absent")}";
}

[ObjectType<Rep>]
public static class RepFields
{
    /// <summary>Where the rep sells.</summary>
    /// <param name="upper">Whether to shout.</param>
    public static async Task<Territory?> GetTerritoryAsync([Parent] Rep rep, TerritoryById territories, bool upper = false)
    {
        var territory = await territories.LoadAsync(rep.TerritoryId);
        return upper && territory is not null ? territory with { Name = territory.Name.ToUpperInvariant() } : territory;
    }
}

[MutationType]
public static class CompanyMutations
{
    [Error<NameTakenException>]
    public static Rep Rename(RenameInput input, [Service] Company company) =>
        company.Reps.Any(r => r.Name == input.Name)
            ? throw new NameTakenException(input.Name)
            : (company.Reps.FirstOrDefault(r => r.Id == input.Id) ?? throw new GraphQLException(new GraphQLError("There is no such rep."))) with { Name = $"{input.Name} {input.Reason.HasValue} {input.Rank} {input.Tags?.Sum()}" };
}

[SubscriptionType]
public static class CompanySubscriptions
{
    /// <summary>Counts.</summary>
    public static async IAsyncEnumerable<int> Tick(int count, int intervalMs = 1, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Delay(intervalMs, cancellation);
            yield return i;
        }
    }

    public static async IAsyncEnumerable<Rep> Hired([Service] Company company)
    {
        await Task.Yield();
        yield return company.Reps[0];
        throw new GraphQLException(new GraphQLError("The office is closed."));
    }
}
