using System.Text.Json;
using Spm.Compensation.Documents;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Flat;
using Spm.Compensation.RateTables.Interpolated;
using Spm.Compensation.RateTables.Matrices;
using Spm.Compensation.RateTables.Step;
using Spm.Compensation.Tests.Examples;

namespace Spm.Compensation.Tests.RateTables;

public class RateTableKindsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Spm.Compensation", "RateTables");

    public static TheoryData<string> Names => [.. RateTableKinds.All.Select(k => k.WireName)];

    [Fact]
    public void Every_mode_is_registered_once_under_a_name_of_its_own()
    {
        var modes = typeof(RateTable).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RateTable))).Select(t => (string)t.GetField("WireName")!.GetValue(null)!);
        Assert.Equal(modes.Order(), RateTableKinds.All.Select(k => k.WireName).Order());
        Assert.Equal(RateTableKinds.All.Count, RateTableKinds.All.Select(k => k.WireName).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kind_has_a_schema_and_reads_every_document_of_its_worked_example(string name)
    {
        var kind = RateTableKinds.Find(name)!;
        using var schema = JsonDocument.Parse(kind.Schema);
        Assert.Equal(name, schema.RootElement.GetProperty("properties").GetProperty("mode").GetProperty("const").GetString());
        Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
        var documents = MarkdownSection.Read(File.ReadAllText(Path.Combine(Folder, kind.Example))).Where(s => s.Json is not null).Select(s => s.Json!).ToArray();
        Assert.NotEmpty(documents);
        Assert.All(documents, json => Assert.Equal(name, ExampleRateTable.FromJson(json)!.Mode));
    }

    [Fact]
    public void The_schema_of_matrices_is_json() => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(Matrix.Schema).RootElement.ValueKind);

    [Fact]
    public void Basis_and_yield_have_defaults()
    {
        Assert.Equal(Given.FiveTenFifteen, Read("""{"mode":"step","tiers":[{"from":0,"to":50,"rate":5},{"from":50,"to":100,"rate":10},{"from":100,"rate":15}]}""").Table);
        Assert.Equal(
            new FlatTable([new(0, 3, 50), new(3, null, 60.5m)], RateBasis.Amount, RateYield.PerUnit),
            Read("""{"mode":"flat","on":"amount","yields":"per_unit","tiers":[{"from":0,"to":"3","rate":50},{"from":3,"to":null,"rate":"60.5"}]}""").Table);
    }

    [Fact]
    public void The_three_ways_to_write_an_interpolated_tier_are_read()
    {
        Assert.Equal(
            new InterpolatedTable([new(0, 100, 4, 8), new(100, null, 9, 9)]),
            Read("""{"mode":"interpolated","tiers":[{"from":0,"to":100,"rate":{"from":4,"to":8}},{"from":100,"rate":9}]}""").Table);
        Assert.Equal(
            new InterpolatedTable([new(0, 50, 10, 50), new(50, 80, 50, 70), new(80, null, 70, 70)], yields: RateYield.Amount, grows: Grows.Level),
            Read("""{"mode":"interpolated","yields":"amount","tiers":[{"from":0,"to":50,"amount":{"from":10,"to":50}},{"from":50,"to":80,"amount":20},{"from":80,"amount":0}]}""").Table);
    }

    [Theory]
    [InlineData("field_missing", "", """{"tiers":[{"from":0,"rate":5}]}""")]
    [InlineData("value_unknown", "/mode", """{"mode":"steps","tiers":[{"from":0,"rate":5}]}""")]
    [InlineData("value_unknown", "/on", """{"mode":"step","on":"quota","tiers":[{"from":0,"rate":5}]}""")]
    [InlineData("field_missing", "", """{"mode":"step"}""")]
    [InlineData("type_mismatch", "/tiers", """{"mode":"step","tiers":5}""")]
    [InlineData("tiers_count", "/tiers", """{"mode":"step","tiers":[]}""")]
    [InlineData("type_mismatch", "/tiers/0", """{"mode":"step","tiers":[5]}""")]
    [InlineData("type_mismatch", "/tiers/1/rate", """{"mode":"step","tiers":[{"from":0,"to":1,"rate":5},{"from":1,"rate":"x"}]}""")]
    [InlineData("field_unknown", "/tiers/0/till", """{"mode":"step","tiers":[{"from":0,"till":1,"rate":5}]}""")]
    [InlineData("field_unknown", "/cap", """{"mode":"flat","cap":7,"tiers":[{"from":0,"rate":5}]}""")]
    [InlineData("tiers_have_a_gap", "/tiers/1", """{"mode":"flat","tiers":[{"from":0,"to":1,"rate":5},{"from":2,"rate":5}]}""")]
    [InlineData("tiers_have_no_end", "/tiers/0", """{"mode":"flat","tiers":[{"from":0,"to":1,"rate":5}]}""")]
    [InlineData("rate_out_of_range", "/tiers/0", """{"mode":"flat","yields":"target_multiplier","tiers":[{"from":0,"rate":1000.5}]}""")]
    [InlineData("edge_out_of_range", "/tiers/0", """{"mode":"flat","on":"amount","tiers":[{"from":0,"to":1000000000001,"rate":5},{"from":1000000000001,"rate":5}]}""")]
    [InlineData("too_many_decimals", "/tiers/0/rate", """{"mode":"flat","tiers":[{"from":0,"rate":0.123456789}]}""")]
    [InlineData("basis_not_of_mode", "/on", """{"mode":"overageAtReachedTier","on":"amount","tiers":[{"from":0,"rate":5}]}""")]
    [InlineData("yield_not_of_mode", "/yields", """{"mode":"overageAtReachedTier","yields":"amount","tiers":[{"from":0,"rate":5}]}""")]
    [InlineData("yield_not_of_mode", "/yields", """{"mode":"interpolated","yields":"per_unit","tiers":[{"from":0,"amount":0}]}""")]
    [InlineData("field_missing", "/tiers/1", """{"mode":"interpolated","yields":"amount","tiers":[{"from":0,"to":1,"amount":0},{"from":1,"rate":0}]}""")]
    [InlineData("tier_has_no_end", "/tiers/0", """{"mode":"interpolated","tiers":[{"from":0,"rate":{"from":1,"to":2}}]}""")]
    public void A_table_that_breaks_a_rule_is_refused_where_it_stands(string code, string path, string json)
    {
        var (table, errors) = Read(json);
        Assert.Null(table);
        Assert.Contains((code, path), errors.All.Select(e => (e.Code, e.Path)));
    }

    [Fact]
    public void Amounts_are_not_called_percents_in_what_is_refused()
    {
        var gap = Tiers.Check([new(0, 500, 1), new(600, null, 2)], RateBasis.Amount)!.Value.Detail;
        Assert.Equal("Tier 2 begins at 600 instead of 500.", gap);
        Assert.Equal("Tier 1 has amount -1; an amount is 0 to 1000000000000.", Tiers.Check([new(0, null, -1)], yields: RateYield.Amount)!.Value.Detail);
        Assert.Equal("Tier 1 has rate 2000 %; a rate is 0 to 1000 %.", Tiers.Check([new(0, null, 2000)])!.Value.Detail);
        Assert.Null(Tiers.Check([new(0, null, 2000)], yields: RateYield.PerUnit));
    }

    [Fact]
    public void Tables_that_differ_in_basis_yield_or_mode_are_not_equal()
    {
        Tier[] tiers = [new(0, null, 5)];
        RateTable[] tables = [new StepTable(tiers), new StepTable(tiers, RateBasis.Amount), new StepTable(tiers, yields: RateYield.PerUnit), new FlatTable(tiers)];
        Assert.Equal(tables.Length, tables.Distinct().Count());
    }

    private static (RateTable? Table, DocErrors Errors) Read(string json)
    {
        var errors = new DocErrors();
        return (RateTable.Read(DocParser.Parse(json, errors)!), errors);
    }
}
