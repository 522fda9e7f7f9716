using System.Text.Json.Nodes;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Tests.Examples;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>The schema and the reader are two statements of one grammar.</summary>
public class PlanSchemaTests
{
    private static readonly JsonNode _schema = JsonNode.Parse(PlanSchema.Text)!;

    public static TheoryData<string> Files => PlanSamples.Files;

    [Fact]
    public void The_published_copy_is_the_schema_of_the_code()
    {
        var path = Path.Combine(Repository.Root, "openapi", PlanSchema.Id);
        if (Environment.GetEnvironmentVariable("SPM_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(path, PlanSchema.Text);
        }
        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == PlanSchema.Text,
            "openapi/plan.schema.json is not what the code says. Run this test with SPM_WRITE_SCHEMA=1 to write it anew, and look at the difference.");
    }

    [Fact]
    public void The_schema_names_no_host() => Assert.Equal("plan.schema.json", _schema["$id"]!.GetValue<string>());

    [Fact]
    public void Every_member_of_the_schema_has_a_description() => Assert.Empty(Undescribed(_schema, ""));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sample_is_accepted_by_the_schema_and_by_the_reader(string file)
    {
        var document = PlanSamples.Read(file);
        Assert.Empty(SchemaValidator.Refusals(_schema, document));
        Assert.Empty(ReaderRefusals(document));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_the_schema_refuses_the_reader_refuses(string file)
    {
        var refused = 0;
        foreach (var (what, mutant) in Mutations.Of(PlanSamples.Read(file)))
        {
            if (SchemaValidator.Refusals(_schema, mutant) is [var first, ..])
            {
                refused++;
                Assert.True(ReaderRefusals(mutant).Count > 0, $"{what}: the schema says {first}, and the reader takes it.");
            }
        }
        Assert.True(refused > 50, $"Only {refused} mutants were refused: the mutations do not reach the grammar.");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_member_that_means_nothing_is_refused_in_every_object(string file)
    {
        foreach (var (what, mutant) in Mutations.WithAStranger(PlanSamples.Read(file)))
        {
            Assert.True(SchemaValidator.Refusals(_schema, mutant).Count > 0, $"{what}: the schema takes it.");
            Assert.True(ReaderRefusals(mutant).Count > 0, $"{what}: the reader takes it.");
        }
    }

    [Fact]
    public void A_number_may_be_written_as_a_text_and_a_comment_may_stand_anywhere()
    {
        var document = PlanSamples.Read("G15-accelerator.plan.json");
        var tier = document["versions"]![0]!["components"]![0]!["rate_table"]!["tiers"]![1]!.AsObject();
        tier["rate"] = "1.5";
        tier["$comment"] = "from quota on";
        Assert.Empty(SchemaValidator.Refusals(_schema, document));
        Assert.Empty(ReaderRefusals(document));
        // Where an expression may stand, only the reader tells whether a text is one.
        tier["rate"] = "1.5 and a half";
        Assert.NotEmpty(ReaderRefusals(document));
        tier["rate"] = "1.5";
        document["tests"]![0]!["quotas"]![0]!["amount"] = "1.5 %";
        Assert.NotEmpty(SchemaValidator.Refusals(_schema, document));
        Assert.NotEmpty(ReaderRefusals(document));
    }

    private static IReadOnlyCollection<DocError> ReaderRefusals(JsonNode document)
    {
        var errors = new DocErrors();
        PlanReader.Read(document.ToJsonString(), errors);
        return errors.All;
    }

    private static IEnumerable<string> Undescribed(JsonNode? node, string at)
    {
        if (node is not JsonObject schema)
        {
            return [];
        }
        var members = (schema["properties"] as JsonObject ?? []).SelectMany(p =>
            (p.Value is JsonObject member && !Describes(member) ? [$"{at}/{p.Key}"] : Enumerable.Empty<string>()).Concat(Undescribed(p.Value, $"{at}/{p.Key}")));
        var branches = (schema["oneOf"] as JsonArray ?? []).SelectMany(b => Undescribed(b, at));
        return members.Concat(branches).Concat(Undescribed(schema["items"], at + "/-"));
    }

    // The mode of a rate table says which kind it is, a list is described by its items, and the ends of a line by the line.
    private static bool Describes(JsonObject member) =>
        member.ContainsKey("description") || member.ContainsKey("const") || member["items"] is not null || (member.Count <= 2 && member["type"] is JsonArray);
}
