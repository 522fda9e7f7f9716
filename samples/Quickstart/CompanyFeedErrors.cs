using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>
/// Makes a clean feed wrong the way real feeds are wrong. Repeated lines are added, everything else is damaged in place,
/// so the feed ends at exactly <see cref="Lines"/> lines.
/// </summary>
internal static class CompanyFeedErrors
{
    public const int Lines = 20_000;

    /// <summary>What a clean feed must have for the spoiled one to end at <see cref="Lines"/>.</summary>
    public const int CleanRows = Lines - SentTwice - ArrivedLate - Corrected;

    private const int SentTwice = 30;
    private const int ArrivedLate = 12;
    private const int Corrected = 40;

    /// <summary>How far behind its original a repeated line comes.</summary>
    private const int Distance = 400;

    private static readonly (int Count, Func<JsonObject, string> Damage)[] Mistakes =
    [
        (25, row => With(row, "rep", "E999", without: "splits")),
        (20, row => With(row, "account", "A9999")),
        (12, row => With(row, "currency", "US$")),
        (15, row => With(row, "amount", DecimalComma(row))),
        (6, row => With(row, "date", "2024-12-30")),
        (6, row => With(row, "date", "2026-01-05")),
        (8, NinetyPercent),
        (12, row => With(row, "amount", "-" + row["amount"])),
        (8, row => Without(row, "amount")),
        // The export was cut off in the middle of a line.
        (5, row => row.ToJsonString()[..^25]),
    ];

    public static List<string> Spoil(IReadOnlyList<TransactionRow> rows, CompanyDice dice)
    {
        var orders = Enumerable.Range(0, rows.Count - Distance).Where(i => rows[i].Kind == "order").ToList();
        dice.Shuffle(orders);
        var chosen = new Queue<int>(orders);
        var lines = rows.Select(Line).ToArray();
        var late = new Dictionary<int, List<string>>();

        foreach (var (count, damage) in Mistakes)
            Times(count, at => lines[at] = damage(JsonNode.Parse(lines[at])!.AsObject()));
        Times(SentTwice, at => Repeat(at, lines[at]));
        Times(Corrected, at => Repeat(at, Line(rows[at] with { Version = 2, Amount = decimal.Round(rows[at].Amount * 0.9m, 2) })));
        // The second version overtook the first: what arrives last is older than what is known.
        Times(ArrivedLate, at =>
        {
            lines[at] = Line(rows[at] with { Version = 2 });
            Repeat(at, Line(rows[at] with { Amount = rows[at].Amount + 100 }));
        });

        return Enumerable.Range(0, lines.Length)
            .SelectMany(at => late.TryGetValue(at, out var more) ? more.Prepend(lines[at]) : [lines[at]])
            .ToList();

        void Times(int count, Action<int> change)
        {
            for (var i = 0; i < count; i++)
                change(chosen.Dequeue());
        }

        void Repeat(int at, string line)
        {
            var behind = at + Distance - dice.Below(Distance / 2);
            if (!late.TryGetValue(behind, out var list))
                late[behind] = list = [];
            list.Add(line);
        }
    }

    private static string Line(TransactionRow row) => JsonSerializer.Serialize(row, SpmJson.Options);

    private static string With(JsonObject row, string field, string value, string? without = null)
    {
        if (without is not null)
            row.Remove(without);
        row[field] = value;
        return row.ToJsonString(SpmJson.Options);
    }

    private static string Without(JsonObject row, string field)
    {
        row.Remove(field);
        return row.ToJsonString(SpmJson.Options);
    }

    /// <summary>As a spreadsheet set to German exports it.</summary>
    private static string DecimalComma(JsonObject row) =>
        decimal.Parse((string)row["amount"]!, CultureInfo.InvariantCulture).ToString("#,0.00", CultureInfo.InvariantCulture)
            .Replace(',', ';').Replace('.', ',').Replace(';', '.');

    private static string NinetyPercent(JsonObject row)
    {
        row.Remove("rep");
        row["splits"] = new JsonArray(
            new JsonObject { ["rep"] = "E001", ["percent"] = "60" }, new JsonObject { ["rep"] = "E002", ["percent"] = "30" });
        return row.ToJsonString(SpmJson.Options);
    }
}
