using Spm.GraphQL.Authoring;

namespace Spm.Bench.GraphQL;

/// <summary>A thousand reps with territories, attainments and payouts, always the same. bench/peers/graphql/data.mjs makes them too.</summary>
public sealed class GraphQLData
{
    private static readonly string[] Cardinals = ["North", "South", "East", "West", "Central"];

    private readonly Dictionary<string, BenchRep> _byId;

    public GraphQLData()
    {
        Territory[] territories = [.. Enumerable.Range(1, 40).Select(i => new Territory($"ter-{i:00}", $"{Cardinals[(i - 1) % 5]} Territory {i}"))];
        Reps = [.. Enumerable.Range(1, 1000).Select(i => Rep(i, territories[i % 40]))];
        _byId = Reps.ToDictionary(r => r.Id, StringComparer.Ordinal);
    }

    public BenchRep[] Reps { get; }

    public BenchRep? Find(string id) => _byId.GetValueOrDefault(id);

    public ArraySegment<BenchRep> Slice(int first, int offset)
    {
        var start = Math.Clamp(offset, 0, Reps.Length);
        return new(Reps, start, Math.Clamp(first, 0, Reps.Length - start));
    }

    private static BenchRep Rep(int i, Territory territory)
    {
        double quota = 100000 + (i * 37 % 500 * 250);
        var credited = (i * 7919 % 300000) + 0.25;
        Payout[] payouts =
        [
            .. Enumerable.Range(0, 24).Select(m => new Payout(
                $"pay-{i}-{m + 1}", $"2025-{(m % 12) + 1:00}", (((i * 131) + (m * 977)) % 20000) + 0.5, (PayoutStatus)((i + m) % 3))),
        ];
        return new BenchRep(
            $"rep-{i:0000}", $"Rep Name {i}", $"rep.{i}@example.com", territory,
            new Attainment(quota, credited, Math.Floor((credited / quota * 1000) + 0.5) / 10), payouts);
    }
}

[GraphQLName("Rep")]
public sealed record BenchRep(
    [property: ID] string Id,
    string Name,
    string Email,
    Territory Territory,
    Attainment Attainment,
    [property: GraphQLIgnore] Payout[] AllPayouts);

public sealed record Territory([property: ID] string Id, string Name);

public sealed record Attainment(double Quota, double Credited, double Percent);

public sealed record Payout([property: ID] string Id, string Period, double Amount, PayoutStatus Status);

public enum PayoutStatus
{
    Pending,
    Approved,
    Paid,
}

[QueryType]
public static class BenchQueries
{
    // No server of the benchmark asks a container for it.
    private static readonly GraphQLData Data = new();

    public static BenchRep? GetRep([ID] string id) => Data.Find(id);

    public static ArraySegment<BenchRep> GetReps(int first, int? offset) => Data.Slice(first, offset ?? 0);
}

[ObjectType<BenchRep>]
public static class BenchRepFields
{
    public static ArraySegment<Payout> GetPayouts([Parent] BenchRep rep, int first) =>
        new ArraySegment<Payout>(rep.AllPayouts, 0, Math.Clamp(first, 0, rep.AllPayouts.Length));
}

[MutationType]
public static class BenchMutations
{
    public static string Ping(string message) => message;
}

[SubscriptionType]
public static class BenchSubscriptions
{
    public static async IAsyncEnumerable<int> Tick(
        int count, int? intervalMs, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Delay(intervalMs ?? 0, cancellation);
            yield return i;
        }
    }
}
