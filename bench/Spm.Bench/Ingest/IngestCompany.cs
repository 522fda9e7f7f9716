using System.Globalization;
using System.Text;

namespace Spm.Bench.Ingest;

/// <summary>The company of the reference work at its middle size: 5,000 reps under 500 managers, 50 directors and 5 VPs; monthly quotas; one year.</summary>
internal static class IngestCompany
{
    public const int Reps = 5_000;

    public static string RepRows()
    {
        var rows = new StringBuilder();
        void Add(string id, string? manager, string plan) => rows.Append(CultureInfo.InvariantCulture,
            $"{{\"external_id\":\"{id}\",\"name\":\"{id}\",\"plan\":\"{plan}\"{(manager is null ? "" : $",\"manager\":\"{manager}\"")}}}\n");
        for (var i = 0; i < 5; i++)
        {
            Add($"V{i}", null, "mgr");
        }
        for (var i = 0; i < 50; i++)
        {
            Add($"D{i}", $"V{i / 10}", "mgr");
        }
        for (var i = 0; i < 500; i++)
        {
            Add($"M{i}", $"D{i / 10}", "mgr");
        }
        for (var i = 0; i < Reps; i++)
        {
            Add($"R{i}", $"M{i % 500}", "ae");
        }
        return rows.ToString();
    }

    public static string QuotaRows(int transactions)
    {
        var rows = new StringBuilder();
        var perRep = Math.Max(1, (long)transactions * 5000 / 12 / Reps);
        foreach (var (prefix, count, factor) in new[] { ("R", Reps, 1), ("M", 500, 10), ("D", 50, 100), ("V", 5, 1000) })
        {
            for (var i = 0; i < count; i++)
            {
                for (var month = 1; month <= 12; month++)
                {
                    rows.Append(CultureInfo.InvariantCulture, $"{{\"rep\":\"{prefix}{i}\",\"measure\":\"bookings\",\"period\":\"2025-{month:00}\",\"amount\":\"{perRep * factor}\"}}\n");
                }
            }
        }
        return rows.ToString();
    }

    public static string Plan(string name, string credits) =>
        $$"""
        {"external_id":"{{name}}","plan":"{{name}}","currency":"USD","versions":[{"effective_from":"2025-01-01",
        "measures":[{"id":"bookings","value":"amount","kinds":["order","refund"]}],
        "components":[{"id":"b","measure":"bookings","credits":["{{credits}}"],"attainment_period":"year","quota":"to_date","rate_table":{"mode":"step","tiers":[
        {"from":0,"to":50,"rate":4},{"from":50,"to":80,"rate":6},{"from":80,"to":100,"rate":8},{"from":100,"to":120,"rate":12},{"from":120,"rate":15}]} }] }] }
        """.ReplaceLineEndings("");

    /// <summary>One order a line: 5,000 reps, every day of 2025, amounts around 5,000 with cents.</summary>
    public static IEnumerable<IngestRow> Transactions(int count)
    {
        ulong state = 20250101;
        ulong Next()
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
        for (var i = 0; i < count; i++)
        {
            var rep = (int)(Next() % Reps);
            var day = (int)(Next() % 365);
            var y = Next();
            var cents = 1000 + 2 * (long)((y & 0xFFFFFFFF) % 1000) * (long)((y >> 32) % 1000) + (long)((y >> 16) % 100);
            yield return new IngestRow(i, rep, new DateOnly(2025, 1, 1).AddDays(day), cents);
        }
    }
}

internal readonly record struct IngestRow(int No, int Rep, DateOnly Date, long Cents)
{
    public string Json => string.Create(CultureInfo.InvariantCulture,
        $"{{\"external_id\":\"T{No}\",\"kind\":\"order\",\"date\":\"{Date:yyyy-MM-dd}\",\"amount\":\"{Cents / 100}.{Cents % 100:00}\",\"currency\":\"USD\",\"rep\":\"R{Rep}\"}}");
}
