using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spm.Platform.Tests.Laws;

/// <param name="Row">As a row of an import.</param>
/// <param name="Body">As the body of a PUT to <paramref name="Path"/>.</param>
internal sealed record LawRecord(string Entity, string Path, string Row, string Body);

/// <summary>
/// The reference data of a small company, drawn from a seed. All seeds have the same records under the same keys with other content,
/// so any of them can follow any other: managers and parents always have a lower number, and every territory's owners add up by themselves.
/// </summary>
internal sealed class LawCompany(int seed)
{
    public const int Reps = 6, Territories = 4, Accounts = 4, Plans = 2;

    public static readonly string[] Measures = ["bookings", "units", "deals"];

    private static readonly string[] Kinds = ["order", "invoice", "payment", "refund"];
    private static readonly string[] Sources = ["direct", "overlay", "roll_up"];
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly (string Currency, string Day)[] RateKeys =
    [
        ("EUR", "2025-01-20"), ("EUR", "2025-02-10"), ("EUR", "2025-03-31"), ("EUR", "2025-05-01"), ("EUR", "2025-05-25"), ("EUR", "2025-09-09"), ("EUR", "2025-12-24"), ("GBP", "2025-06-01"),
    ];

    /// <summary>Everything but the calendar, in the order in which it refers to each other.</summary>
    public IEnumerable<LawRecord> Records() =>
    [
        Settings(Dice("settings", 0)),
        .. RateKeys.Select((key, i) => Rate(Dice("rate", i), key)),
        .. Measures.Select((name, i) => Record("measures", "crm", name, Measure(Dice("measure", i), name))),
        .. Enumerable.Range(0, Plans).Select(i => Record("plans", "crm", $"P{i}", Plan(Dice("plan", i), i))),
        .. Enumerable.Range(0, Reps).Select(i => Record("reps", "hris", $"R{i}", Rep(Dice("rep", i), i))),
        .. Enumerable.Range(0, Territories).Select(i => Record("territories", "crm", $"W{i}", Territory(Dice("territory", i), i))),
        .. Enumerable.Range(0, Accounts).Select(i => Record("accounts", "crm", $"A{i}", Account(Dice("account", i), i))),
        .. QuotaKeys().Select(Quota),
    ];

    public static string Percent(int tenThousandths) => (tenThousandths / 10_000m).ToString("0.####");

    /// <summary>Three parts of a whole to different reps.</summary>
    public static (string Rep, string Percent)[] Parts(Random dice)
    {
        var reps = Enumerable.Range(0, Reps).ToArray();
        dice.Shuffle(reps);
        var first = dice.Next(1, 999_998);
        var second = dice.Next(1, 1_000_000 - first);
        int[] parts = [first, second, 1_000_000 - first - second];
        return [.. parts.Select((p, i) => ($"R{reps[i]}", Percent(p)))];
    }

    private Random Dice(string kind, int no) => new(unchecked((seed * 397) ^ (kind.Length * 7919) ^ (kind[0] * 104_729) ^ (no * 15_485_863)));

    private static LawRecord Record(string entity, string source, string key, Dictionary<string, object?> body)
    {
        var text = JsonSerializer.Serialize(body, Json);
        var row = JsonSerializer.Serialize(new Dictionary<string, object?>(body) { ["source"] = source, ["external_id"] = key }, Json);
        return new LawRecord(entity, $"/v1/{entity}/{source}/{key}", row, text);
    }

    /// <summary>The rule for other currencies. No rate leads from JPY, and under some rules none from GBP.</summary>
    private static LawRecord Settings(Random dice) => new("company", "/v1/company", "", JsonSerializer.Serialize(
        new
        {
            name = "Law",
            currency = "USD",
            fx = dice.Next(3) switch
            {
                0 => new { rate = "transaction_date", average_decimals = (int?)null, fixed_rates = (object?)null },
                1 => new { rate = "month_average", average_decimals = (int?)dice.Next(11), fixed_rates = (object?)null },
                _ => new { rate = "fixed", average_decimals = (int?)null, fixed_rates = (object?)new { EUR = (dice.Next(1, 30_000) / 10_000m).ToString() } },
            },
        },
        Json));

    private static LawRecord Rate(Random dice, (string Currency, string Day) key)
    {
        var text = JsonSerializer.Serialize(new { from = key.Currency, day = key.Day, rate = (dice.NextInt64(1, 30_000_000_000) / 10_000_000_000m).ToString() });
        return new LawRecord("fx_rates", "/v1/fx-rates", text, text);
    }

    private static string Day(Random dice) => new DateOnly(2025, 1, 1).AddDays(dice.Next(5, 360)).ToString("yyyy-MM-dd");

    private static Dictionary<string, object?> Measure(Random dice, string name) => new()
    {
        ["name"] = name,
        ["value"] = name switch { "bookings" => dice.Next(4) == 0 ? "margin" : "amount", "units" => "quantity", _ => "count" },
        ["kinds"] = Kinds.Where(k => k == "order" || dice.Next(2) == 0).ToArray(),
        ["products"] = dice.Next(4) == 0 ? new[] { "backup", "disk" }[dice.Next(2)..] : null,
    };

    private Dictionary<string, object?> Plan(Random dice, int no)
    {
        object Version(string from) => new
        {
            effective_from = from,
            // The company's own definition, unless the company is just becoming another one.
            measures = Measures.Select((name, i) => Definition(name, Measure(Dice("measure", i), name))).ToArray(),
            groups = new object[] { new { id = "all" }, new { id = "team", by = "rep.manager" } },
            components = Enumerable.Range(0, dice.Next(1, 4)).Select(i => (Index: i, Measure: Measures[dice.Next(Measures.Length)])).Select(c => new
            {
                id = $"c{c.Index}",
                name = $"Component {c.Index}",
                measure = c.Measure,
                credits = Sources.Where((_, s) => s == c.Index || dice.Next(3) == 0).ToArray(),
                attainment_period = new[] { "month", "quarter", "year" }[dice.Next(3)],
                quota = new[] { "to_date", "full" }[dice.Next(2)],
                rate_table = Table(c.Measure == "bookings" ? "percent" : "per_unit"),
            }).Concat(Shared()).ToArray(),
        };
        // Half of the plans pay reps by what others do.
        IEnumerable<object> Shared() => dice.Next(2) == 0 ? [] :
        [
            new { id = "pool", measure = "bookings", attainment_period = new[] { "month", "quarter" }[dice.Next(2)], pool = new { group = new[] { "all", "team" }[dice.Next(2)], fund = "1000.01", by = "measured" } },
            new { id = "contest", measure = "bookings", attainment_period = "month", contest = new { group = "all", by = "measured", prizes = new[] { new { to_rank = 1, amount = 500 }, new { to_rank = 3, amount = 100 } } } },
            new { id = "shared", measure = "bookings", attainment_period = "month", earn = "if(to_date > 0 and all.to_date > 0, 50 * (to_date / all.to_date), 0)" },
        ];
        object Table(string yields)
        {
            var edge = dice.Next(1, 9000) / 100m;
            return new
            {
                mode = "step",
                yields,
                tiers = new[]
                {
                    new { from = "0", to = (string?)edge.ToString(), rate = Rate() },
                    new { from = edge.ToString(), to = (string?)"100", rate = Rate() },
                    new { from = "100", to = (string?)null, rate = Rate() },
                },
            };
        }
        string Rate() => (dice.Next(0, 3000) / 100m).ToString();
        return new()
        {
            ["plan"] = $"P{no}",
            ["name"] = $"Plan {no}",
            ["currency"] = "USD",
            ["versions"] = dice.Next(2) == 0 ? new[] { Version("2025-01-01") } : [Version("2025-01-01"), Version(Day(dice))],
        };
    }

    /// <summary>A measure in the words of a plan document.</summary>
    private static object Definition(string name, Dictionary<string, object?> measure) => new
    {
        id = name,
        unit = name == "bookings" ? "money" : "count",
        value = (string)measure["value"]! == "count" ? "if(kind = 'refund', -share, share)" : measure["value"],
        kinds = measure["kinds"],
        when = measure["products"] is string[] products ? $"product in ({string.Join(", ", products.Select(p => $"'{p}'"))})" : null,
    };

    private static Dictionary<string, object?> Rep(Random dice, int no)
    {
        var (managers, plans) = (Day(dice), Day(dice));
        object?[] above = no == 0 ? [] :
        [
            dice.Next(5) == 0 ? null : new { manager = $"R{dice.Next(no)}", to = managers },
            dice.Next(5) == 0 ? null : new { manager = $"R{dice.Next(no)}", from = managers },
        ];
        object?[] paid = [new { plan = $"P{dice.Next(Plans)}", to = plans }, dice.Next(6) == 0 ? null : new { plan = $"P{dice.Next(Plans)}", from = plans }];
        return new()
        {
            ["name"] = $"Rep {no}",
            ["hired_on"] = dice.Next(3) == 0 ? new DateOnly(2025, 1, 1).AddDays(dice.Next(-100, 90)).ToString("yyyy-MM-dd") : null,
            ["left_on"] = dice.Next(5) == 0 ? new DateOnly(2025, 4, 5).AddDays(dice.Next(250)).ToString("yyyy-MM-dd") : null,
            ["managers"] = above.Where(m => m is not null).ToArray(),
            ["plans"] = paid.Where(p => p is not null).ToArray(),
        };
    }

    private static Dictionary<string, object?> Territory(Random dice, int no)
    {
        var change = Day(dice);
        List<object> reps = [];
        if (dice.Next(8) > 0)
        {
            reps.AddRange(Parts(dice).Select(p => new { rep = p.Rep, role = "owner", percent = p.Percent, to = change }));
        }
        reps.Add(new { rep = $"R{dice.Next(Reps)}", role = "owner", percent = "100", from = change });
        reps.Add(new { rep = $"R{dice.Next(Reps)}", role = "overlay", percent = Percent(dice.Next(1, 1_000_001)), products = dice.Next(2) == 0 ? null : new[] { "backup" } });
        return new() { ["name"] = $"Territory {no}", ["parent"] = no > 0 && dice.Next(4) > 0 ? $"W{dice.Next(no)}" : null, ["reps"] = reps };
    }

    private static Dictionary<string, object?> Account(Random dice, int no)
    {
        var change = Day(dice);
        return new()
        {
            ["name"] = $"Account {no}",
            ["territories"] = new object[] { new { territory = $"W{dice.Next(Territories)}", to = change }, new { territory = $"W{dice.Next(Territories)}", from = change } },
        };
    }

    /// <summary>The same for every seed, because a quota that was set is not taken away again: monthly, quarterly, yearly or none.</summary>
    private static IEnumerable<(int Rep, int Measure, string Period)> QuotaKeys() =>
        from rep in Enumerable.Range(0, Reps)
        from measure in Enumerable.Range(0, Measures.Length)
        from period in ((rep + measure * 2) % 4) switch
        {
            0 => Enumerable.Range(1, 12).Select(m => $"2025-{m:00}"),
            1 => Enumerable.Range(1, 4).Select(q => $"2025-Q{q}"),
            2 => ["2025"],
            _ => rep == 5 ? [] : Enumerable.Range(1, 12).Select(m => $"2025-{m:00}"),
        }
        select (rep, measure, period);

    private LawRecord Quota((int Rep, int Measure, string Period) key)
    {
        var text = JsonSerializer.Serialize(new
        {
            rep = $"R{key.Rep}",
            measure = Measures[key.Measure],
            period = key.Period,
            amount = (Dice("quota" + key.Period, key.Rep * 3 + key.Measure).Next(1, 500_000) / 100m).ToString(),
        });
        return new LawRecord("quotas", "/v1/quotas", text, text);
    }
}
