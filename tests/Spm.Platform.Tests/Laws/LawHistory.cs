using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spm.Platform.Tests.Laws;

/// <summary>
/// Transactions as sources send them: corrected, deleted, refunded, late and more than once. A number is one arrival: which
/// transaction, and which version of it; the same version always has the same content.
/// </summary>
internal static class LawHistory
{
    private const int Transactions = 16, Versions = 3, Neighbours = Transactions + 2;

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>One arrival per number; none is negative. The same seed has the same transactions.</summary>
    public static string[] Arrivals(int seed, IEnumerable<int> steps, int transactions = Transactions) =>
        [.. steps.Select(s => Arrival(seed, s % transactions, 1 + s / transactions % Versions))];

    /// <summary>What is left in the end, whatever the order: the highest version of each transaction.</summary>
    public static string[] Final(IEnumerable<string> arrivals) =>
        [.. arrivals.GroupBy(Key).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.MaxBy(Version)!)];

    public static string Key(string arrival) => Field(arrival, "external_id").GetString()!;

    public static int Version(string arrival) => Field(arrival, "version").GetInt32();

    private static JsonElement Field(string arrival, string name) => JsonDocument.Parse(arrival).RootElement.GetProperty(name);

    private static string Arrival(int seed, int no, int version)
    {
        var dice = new Random(unchecked((seed * 31 + no) * 31 + version));
        var who = dice.Next(10);
        var named = who < 3;
        var split = who is 3 or 4 or 5;
        // Names nobody, and is credited as its deal is.
        var follows = who is 7 or 8;
        return JsonSerializer.Serialize(
            new
            {
                source = no % 3 == 0 ? "erp" : "crm",
                external_id = $"T{no}",
                version,
                kind = dice.Next(4) == 0 ? "refund" : new[] { "order", "order", "invoice", "payment" }[dice.Next(4)],
                date = new DateOnly(2025, 1, 1).AddDays(dice.Next(365)).ToString("yyyy-MM-dd"),
                amount = (dice.NextInt64(1, 100_000_000) / 10_000m).ToString(),
                quantity = dice.Next(2) == 0 ? (dice.Next(1, 50_000) / 10_000m).ToString() : null,
                margin = dice.Next(2) == 0 ? (dice.Next(-100_000, 500_000) / 10_000m).ToString() : null,
                currency = dice.Next(3) == 0 ? new[] { "EUR", "EUR", "EUR", "GBP", "JPY" }[dice.Next(5)] : "USD",
                rep = named ? $"R{dice.Next(LawCompany.Reps)}" : null,
                splits = split ? LawCompany.Parts(dice).Select(p => new { rep = p.Rep, percent = p.Percent }).ToArray() : null,
                account = dice.Next(3) > 0 && !follows ? $"A{dice.Next(LawCompany.Accounts)}" : null,
                territory = dice.Next(3) == 0 && !follows ? $"W{dice.Next(LawCompany.Territories)}" : null,
                product = new[] { "backup", "disk", null }[dice.Next(3)],
                house = who == 9 && dice.Next(2) == 0 ? true : (bool?)null,
                deleted = version > 1 && dice.Next(4) == 0 ? true : (bool?)null,
                // Also of deals that never come, or of itself. What is no refund or payment may name one, too; what follows names mostly one of its own source
                // among its neighbours, so that long histories have many deals.
                deal = follows ? $"T{no - (no % Neighbours) + ((no + (3 * dice.Next(6))) % Neighbours)}" : dice.Next(3) == 0 ? $"T{dice.Next(Transactions + 3)}" : null,
            },
            Json);
    }
}
