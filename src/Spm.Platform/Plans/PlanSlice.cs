using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Spm.Compensation.Attainment;
using Spm.Compensation.Engine;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Plans;

/// <summary>A plan document: its schema is openapi/plan.schema.json, its language docs/plans.md.</summary>
/// <param name="Plan">The name of the plan in its document.</param>
/// <param name="Currency">The company's.</param>
/// <param name="Versions">In the order of their effective dates.</param>
/// <param name="Facts">The further facts that expressions ask for.</param>
/// <param name="Tests">Worked examples: the plan is refused while one of them fails.</param>
public sealed record PlanInput(
    string? Plan, string? Currency, JsonElement? Versions, string? Name = null, JsonElement? Facts = null, JsonElement? Tests = null, string? Note = null)
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    [JsonPropertyName("$comment")]
    public JsonElement? Comment { get; init; }
}

/// <param name="Measures">The id of the company's measure for each measure of the document.</param>
public sealed record PlanView(
    string Id, string Source, string ExternalId, string Name, IReadOnlyDictionary<string, string> Measures, JsonElement Document, string UpdatedAt) : INode;

/// <summary>
/// Plans: documents with versions, components and their own tests. A measure that the company does not have yet comes into being with the plan
/// that names it, under the plan's source.
/// </summary>
public sealed class PlanSlice(PlanVerdicts verdicts) : RecordSlice<PlanInput, PlanDoc>
{
    public override string Entity => "plans";

    public override string ReadScope => Scopes.PlansRead;

    /// <summary>Those that pay somebody whom the caller sees, at any time.</summary>
    public override bool IsSeen(Entry<PlanDoc> entry, Company company, Sight sight)
    {
        if (sight.SeesEveryone)
        {
            return true;
        }
        for (var rep = 0; rep < company.Reps.Count; rep++)
        {
            if (company.RepPlans[rep].Entries.Any(e => e.Value == entry.No) && sight.Sees(rep))
            {
                return true;
            }
        }
        return false;
    }

    public override Registry<PlanDoc> Of(Company company) => company.PlanDocs;

    protected override string Name(PlanDoc doc) => doc.Name;

    public override PlanView View(Entry<PlanDoc> entry, Company company) => new(
        entry.Id, entry.Source, entry.ExternalId, entry.Doc.Name, entry.Doc.Measures, entry.Doc.Document, Wire.Instant(entry.UpdatedAt));

    public override JsonObject Body(Entry<PlanDoc> entry, Company company) => JsonObject.Create(entry.Doc.Document)!;

    protected override RegistryEditor<PlanDoc> Registry(CompanyEditor editor) => editor.Plans;

    /// <summary>Reads the document and runs its tests, which may take seconds.</summary>
    public override void Prepare(Company company, JsonElement body)
    {
        if (Bodies.Read<PlanInput>(body) is { IsOk: true } input)
        {
            verdicts.Of(input.Value, company);
        }
    }

    protected override PlanDoc Check(PlanInput input, RecordCheck check, Entry<PlanDoc>? old)
    {
        var read = verdicts.Of(input, check.Editor.Before);
        if (!read.IsOk)
        {
            foreach (var broken in read.Error!.Fields)
            {
                check.Fail(broken.Field, broken.Code, broken.Detail);
            }
            return new PlanDoc("", default, new Dictionary<string, string>());
        }
        var name = check.Name(read.Value.Rules.Name);
        return new PlanDoc(name, PlanDocuments.Text(input), check.Failed ? new Dictionary<string, string>() : Measures(read.Value.Rules, check));
    }

    protected override bool CreditsAlike(PlanDoc before, PlanDoc after) => true;

    protected override void Affects(CompanyEditor editor, int no)
    {
        for (var rep = 0; rep < editor.Before.Reps.Count; rep++)
        {
            if (editor.Before.RepPlans[rep].Entries.Any(e => e.Value == no))
            {
                editor.Touch(rep);
            }
        }
    }

    /// <summary>Of each measure of the document the company's, which is made where there is none.</summary>
    private static Dictionary<string, string> Measures(PlanRules rules, RecordCheck check)
    {
        var (editor, ids) = (check.Editor, new Dictionary<string, string>(StringComparer.Ordinal));
        // As the last version has it: earlier ones are of the past.
        foreach (var rule in rules.Versions.Reverse().SelectMany(v => v.Measures).DistinctBy(m => m.Id))
        {
            if (!editor.Measures.Resolve(rule.Id, check.Source).Found)
            {
                Add(rule, check);
            }
            if (check.Reference($"measures/{rule.Id}", rule.Id, editor.Measures, ErrorCodes.MeasureUnknown) is { } id)
            {
                ids.Add(rule.Id, id);
            }
        }
        return ids;
    }

    private static void Add(MeasureRule rule, RecordCheck check)
    {
        if (check.Editor.Measures.Count >= Limits.MaxMeasures)
        {
            check.Fail("versions", ErrorCodes.LimitExceeded, $"A company has at most {Limits.MaxMeasures} measures.");
            return;
        }
        var plain = PlainMeasure.Of(rule);
        var doc = plain is null
            ? new MeasureDoc(rule.Id, MeasureValue.ByPlan, [], null)
            : new MeasureDoc(rule.Id, plain.Value, [.. plain.Kinds.Order()], plain.Products?.Order(StringComparer.Ordinal).ToArray());
        check.Editor.Put(check.Editor.Measures, check.Source, rule.Id, doc, (_, _) => true);
    }
}
