using Spm.Compensation.Documents;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Flat;
using Spm.Compensation.RateTables.Interpolated;
using Spm.Compensation.RateTables.OverageAtReachedTier;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Tests.Examples;

/// <summary>
/// The rate table of an example, as its page prints the tiers: edges in "from %" or, for amounts, "from"; rates in "rate %" or "amount".
/// A document beside it must say the same.
/// </summary>
internal static class ExampleRateTable
{
    public static RateTable Read(MarkdownSection section, string mode)
    {
        var on = section.Tables.ContainsKey("from %") ? RateBasis.Attainment : RateBasis.Amount;
        var tiers = section.Table(on == RateBasis.Attainment ? "from %" : "from");
        var yields = tiers.Columns.Any(c => c.StartsWith("rate %", StringComparison.Ordinal)) ? RateYield.Percent : RateYield.Amount;
        var rate = yields == RateYield.Percent ? "rate %" : "amount";
        RateTable table = mode switch
        {
            StepTable.WireName => new StepTable(Tiers(tiers, rate), on, yields),
            FlatTable.WireName => new FlatTable(Tiers(tiers, rate), on, yields),
            OverageAtReachedTierTable.WireName => new OverageAtReachedTierTable(Tiers(tiers, rate), yields),
            InterpolatedTable.WireName => new InterpolatedTable(Lines(tiers), on, yields, yields == RateYield.Percent ? Grows.Rate : Grows.Level),
            _ => throw new FormatException($"'{section.Title}': no reader for mode '{mode}'."),
        };
        if (section.Json is { } json)
        {
            Assert.Equal(table, FromJson(json));
        }
        return table;
    }

    public static RateTable? FromJson(string json)
    {
        var errors = new DocErrors();
        var table = RateTable.Read(DocParser.Parse(json, errors)!);
        Assert.Empty(errors.All);
        return table;
    }

    private static Tier[] Tiers(MarkdownTable table, string rate) => [.. table.Rows.Select(r => new Tier(From(table, r), To(table, r), r.Number(rate)))];

    private static InterpolatedTier[] Lines(MarkdownTable table)
    {
        List<InterpolatedTier> lines = [];
        foreach (var row in table.Rows)
        {
            var below = lines.Count == 0 ? 0m : lines[^1].End;
            var (start, end) = row.Has("amount") ? (below, below + row.Number("amount"))
                : row.Has("level at from") ? (row.Number("level at from"), row.Number("level at to"))
                : (row.Number("rate % at from"), row.Number("rate % at to"));
            lines.Add(new InterpolatedTier(From(table, row), To(table, row), start, end));
        }
        return [.. lines];
    }

    private static decimal From(MarkdownTable table, MarkdownRow row) => row.Number(table.Columns[0]);

    private static decimal? To(MarkdownTable table, MarkdownRow row) => row.NumberOrNone(table.Columns[1]);
}
