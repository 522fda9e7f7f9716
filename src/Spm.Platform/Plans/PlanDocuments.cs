using System.Text.Json;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
using Spm.Platform.Kernel;

namespace Spm.Platform.Plans;

/// <summary>Reads plan documents with the reader of the core and holds them against what a company can pay.</summary>
internal static class PlanDocuments
{
    public static JsonElement Text(PlanInput input) => JsonSerializer.SerializeToElement(input, Json.Document);

    /// <summary>The document, or every rule it breaks: of its grammar, of the company, and each of its own tests that fails.</summary>
    /// <param name="at">Where the document stands in the body: "document/"; empty when it is the body.</param>
    public static Result<PlanDocument> Read(PlanInput? input, string currency, string at = "")
    {
        if (input is null)
        {
            return Error.Of(at.TrimEnd('/'), ErrorCodes.FieldRequired, "A plan document is expected.");
        }
        var errors = new DocErrors();
        var read = PlanReader.Read(JsonSerializer.SerializeToUtf8Bytes(input, Json.Document), errors);
        if (read is null)
        {
            return Error.Of([.. errors.All.Select(e => new FieldError($"{at}{e.Path.TrimStart('/')}".TrimEnd('/'), ErrorCodes.PlanInvalid, $"{e.Code}: {e.Detail}"))]);
        }
        FieldError[] broken =
        [
            .. Broken(read.Rules, currency, at),
            .. PlanTestRunner.Run(read.Rules, read.Tests).Where(r => !r.Holds).Select(r => new FieldError($"{at}tests", ErrorCodes.PlanTestFailed, Failure(r))),
        ];
        return broken.Length > 0 ? Error.Of(broken) : read;
    }

    private static IEnumerable<FieldError> Broken(PlanRules rules, string currency, string at)
    {
        if (rules.Currency.Code != currency)
        {
            yield return new FieldError($"{at}currency", ErrorCodes.PlanInvalid, $"The company pays in {currency}; a plan in {rules.Currency.Code} cannot pay its reps.");
        }
        if (EarningsUpTheLine.AreCounted(rules))
        {
            yield return new FieldError($"{at}versions", ErrorCodes.PlanInvalid, "A measure counts what reps below have earned: that is calculated in models and plan tests, not in live payouts.");
        }
    }

    private static string Failure(PlanTestResult result) => $"The test '{result.Test.Name}' fails: {string.Join("; ", result.Messages.Take(5))}";
}
