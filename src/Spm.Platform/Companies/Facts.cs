using System.Text.Json;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>Further facts of a rep or a transaction by name, for the expressions of plans: texts, numbers, dates, truths.</summary>
internal static class Facts
{
    /// <summary>Null when there are none, or when they break a rule, which is noted.</summary>
    public static JsonElement? Check(string field, JsonElement? facts, Action<string, string, string> fail)
    {
        if (facts is not { ValueKind: not JsonValueKind.Null } given)
        {
            return null;
        }
        if (given.ValueKind != JsonValueKind.Object)
        {
            fail(field, ErrorCodes.FactInvalid, $"'{field}' is an object of facts by name.");
            return null;
        }
        var text = given.GetRawText();
        if (text.Length > Limits.FactsLength || given.EnumerateObject().Count() > Limits.MaxFacts)
        {
            fail(field, ErrorCodes.LimitExceeded, $"There are at most {Limits.MaxFacts} facts of {Limits.FactsLength} characters together.");
            return null;
        }
        var errors = new DocErrors();
        DocFacts.Read(DocParser.Parse(text, errors));
        foreach (var error in errors.All)
        {
            fail($"{field}{error.Path}", ErrorCodes.FactInvalid, error.Detail);
        }
        return errors.Any || !given.EnumerateObject().Any() ? null : given;
    }
}
