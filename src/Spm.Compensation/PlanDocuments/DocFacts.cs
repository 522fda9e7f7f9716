using Spm.Compensation.Documents;
using Spm.Compensation.Engine;

namespace Spm.Compensation.PlanDocuments;

/// <summary>Facts by name: numbers, texts, truths; a text that is a date like 2025-01-31 is a date.</summary>
public static class DocFacts
{
    public static FactSet Read(DocNode? node)
    {
        var facts = new Dictionary<string, object>(StringComparer.Ordinal);
        if (node is null || !node.IsObject())
        {
            return new FactSet(facts);
        }
        foreach (var (name, value) in node.Members)
        {
            switch (value.Kind)
            {
                case DocKind.Number:
                    facts.Add(name, value.AsNumber());
                    break;
                case DocKind.Truth:
                    facts.Add(name, value.Scalar == "true");
                    break;
                case DocKind.Text:
                    facts.Add(name, DateOnly.TryParseExact(value.Scalar, "yyyy-MM-dd", out var day) ? day : value.AsText());
                    break;
                case DocKind.Null:
                    break;
                default:
                    value.Fail("type_mismatch", "A fact is a number, a text, a date, or true or false.");
                    break;
            }
        }
        return new FactSet(facts);
    }
}
