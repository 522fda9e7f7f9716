using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Measures;

/// <param name="Value">What is summed: amount, quantity, margin, count (the number of deals), or by_plan (what the plans that use it say; it has no sum outside of them).</param>
/// <param name="Kinds">The kinds of transactions that count.</param>
/// <param name="Products">Only these products count; all when left out.</param>
public sealed record MeasureInput(string Name, MeasureValue Value, IReadOnlyList<TransactionKind>? Kinds = null, IReadOnlyList<string>? Products = null);

public sealed record MeasureView(
    string Id, string Source, string ExternalId, string Name, MeasureValue Value, IReadOnlyList<TransactionKind> Kinds, IReadOnlyList<string>? Products, string UpdatedAt) : INode;

/// <summary>Measures: the quantities that are tracked and paid on.</summary>
public sealed class MeasureSlice : RecordSlice<MeasureInput, MeasureDoc>
{
    public override string Entity => "measures";

    public override Registry<MeasureDoc> Of(Company company) => company.MeasureDocs;

    protected override string Name(MeasureDoc doc) => doc.Name;

    public override MeasureView View(Entry<MeasureDoc> entry, Company company) => new(
        entry.Id, entry.Source, entry.ExternalId, entry.Doc.Name, entry.Doc.Value, entry.Doc.Kinds, entry.Doc.Products, Wire.Instant(entry.UpdatedAt));

    protected override RegistryEditor<MeasureDoc> Registry(CompanyEditor editor) => editor.Measures;

    protected override MeasureDoc Check(MeasureInput input, RecordCheck check, Entry<MeasureDoc>? old)
    {
        if (input.Value == MeasureValue.ByPlan && (input.Kinds is { Count: > 0 } || input.Products is not null))
        {
            check.Fail("value", ErrorCodes.FieldMalformed, "What the plans say themselves has no kinds and products here.");
        }
        if (input.Value != MeasureValue.ByPlan && input.Kinds is not { Count: > 0 })
        {
            check.Fail("kinds", ErrorCodes.FieldRequired, "A measure counts at least one kind of transaction.");
        }
        if (input.Products is { Count: 0 })
        {
            check.Fail("products", ErrorCodes.FieldMalformed, "An empty list would count nothing: leave `products` out for all.");
        }
        if (old is null && check.Editor.Measures.Count >= Limits.MaxMeasures)
        {
            check.Fail("", ErrorCodes.LimitExceeded, $"A company has at most {Limits.MaxMeasures} measures.");
        }
        return new MeasureDoc(check.Name(input.Name), input.Value, [.. (input.Kinds ?? []).Distinct().Order()], input.Products);
    }

    protected override bool CreditsAlike(MeasureDoc before, MeasureDoc after) =>
        before.Value == after.Value && before.Kinds.SequenceEqual(after.Kinds) && (before.Products ?? []).SequenceEqual(after.Products ?? []);

    protected override void Affects(CompanyEditor editor, int no) => editor.TouchAll();
}
