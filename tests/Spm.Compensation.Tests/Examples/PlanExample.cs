using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Tests.Examples;

/// <summary>One section of a *.plan.md: a component with its quotas and credits, and what each month must yield.</summary>
public sealed class PlanExample(MarkdownSection section)
{
    private static readonly string[] Settings = ["mode", "attainment period", "quota", "currency"];
    private static readonly string[] Expectations = ["month", "credited", "attainment %", "earned to date", "incentive"];

    public void Verify()
    {
        var settings = ReadSettings();
        var currency = Currency.Parse(settings["currency"]);
        var expected = section.Table("month");
        Assert.Empty(expected.Columns.Except(Expectations));
        var year = Given.Calculate(ReadPlan(settings) with { Currency = currency }, Credited(expected), Quotas());
        foreach (var row in expected.Rows)
        {
            var month = MonthOf(row);
            var result = year.Months[month.Index].Components[0];
            Check(row, "incentive", Money.FromMinor(result.Minor, currency).Amount);
            Check(row, "earned to date", result.Figures.Earned);
            Check(row, "attainment %", result.Figures.Attainment * 100m);
        }
    }

    private static void Check(MarkdownRow row, string column, decimal? actual)
    {
        if (!row.Has(column))
        {
            return;
        }
        // A figure is printed at as many decimals as its author chose.
        var expected = row.Number(column);
        Assert.True(
            actual is { } value && decimal.Round(value, expected.Scale, MidpointRounding.ToEven) == expected,
            row.Wrong($"is calculated with {column} {actual}").Message);
    }

    private Dictionary<string, string> ReadSettings()
    {
        var settings = section.Table("setting").Rows.ToDictionary(r => r.Text("setting"), r => r.Text("value"));
        Assert.Equal(Settings.Order(), settings.Keys.Order());
        return settings;
    }

    private PlanRules ReadPlan(Dictionary<string, string> settings)
    {
        // The table is that of the page: a document beside it is held against it.
        var table = ExampleRateTable.Read(section, settings["mode"]);
        var quota = section.Tables.ContainsKey("quota of") ? settings["quota"].Replace(' ', '_') : null;
        return Given.Plan("example", table, settings["attainment period"], quota);
    }

    /// <summary>None where the tiers are amounts.</summary>
    private QuotaBook Quotas() => !section.Tables.TryGetValue("quota of", out var quotas) ? QuotaBook.Empty : Given.Book([.. quotas.Rows.Select(r => (r.Text("quota of"), r.Number("amount")))]);

    private static Measurements Credited(MarkdownTable months) =>
        Given.Credited([.. months.Rows.Select(r => (MonthOf(r).Index + 1, r.Number("credited")))]);

    private static FiscalMonth MonthOf(MarkdownRow row) =>
        Given.Year.Months.SingleOrDefault(m => m.Id == row.Text("month")) ?? throw row.Wrong($"names no month of {Given.Year.Id}");
}
