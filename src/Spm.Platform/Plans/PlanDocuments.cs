using System.Text.Json;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Plans;

/// <summary>Reads plan documents with the reader of the core and holds them against what a company can pay.</summary>
internal static class PlanDocuments
{
    public static JsonElement Text(PlanInput input) => JsonSerializer.SerializeToElement(input, Json.Document);

    /// <summary>The document, or every rule it breaks: of its grammar, of the company, and each of its own tests that fails.</summary>
    /// <param name="at">Where the document stands in the body: "document/"; empty when it is the body.</param>
    public static Result<PlanDocument> Read(PlanInput? input, Company company, string at = "")
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
            .. Broken(read.Rules, company, at),
            .. UnknownKinds(read.Source, at),
            .. PlanTestRunner.Run(read.Rules, read.Tests).SelectMany((result, test) => Failures(result, at, test)),
        ];
        return broken.Length > 0 ? Error.Of(broken) : read;
    }

    private static IEnumerable<FieldError> Broken(PlanRules rules, Company company, string at)
    {
        if (rules.Currency != company.Currency)
        {
            yield return new FieldError($"{at}currency", ErrorCodes.PlanInvalid, $"The company pays in {company.Currency}; a plan in {rules.Currency.Code} cannot pay its reps.");
        }
        foreach (var version in rules.Versions.Where(v => v.NamesFx && v.Fx != company.FxRule))
        {
            yield return new FieldError(
                $"{at}versions/{version.Number - 1}/fx", ErrorCodes.PlanFxDiffers, $"The company converts every transaction once, by its own rule: {WireNames.Of(company.FxRule.Basis)}. Leave `fx` out, or name the same rule.");
        }
        if (rules.Versions.Any(v => v.Pay.Currency is not null))
        {
            yield return new FieldError($"{at}versions", ErrorCodes.PlanInvalid, "Reps are paid in a currency of their own: that is calculated in models and plan tests, not in live payouts.");
        }
        if (EarningsUpTheLine.AreCounted(rules))
        {
            yield return new FieldError($"{at}versions", ErrorCodes.PlanInvalid, "A measure counts what reps below have earned: that is calculated in models and plan tests, not in live payouts.");
        }
    }

    /// <summary>Documents may have kinds of their own. Here no transaction of such a kind is taken in: the measure would never count anything.</summary>
    private static IEnumerable<FieldError> UnknownKinds(DocNode document, string at) =>
        from version in document.List("versions")
        from measure in version.List("measures")
        where measure.Has("kinds")
        from kind in measure.List("kinds")
        where !EnumNames.TryParse<TransactionKind>(kind.Scalar, out _) && kind.Scalar != DealNews.Earning
        select new FieldError($"{at}{kind.Path.ToString().TrimStart('/')}", ErrorCodes.PlanInvalid, $"There are no transactions of the kind '{kind.Scalar}': the kinds are {EnumNames.List<TransactionKind>()}.");

    /// <summary>The first five things that are wrong with a test, each where it is expected.</summary>
    private static IEnumerable<FieldError> Failures(PlanTestResult result, string at, int test) => result.Problems.Select(problem => (Field: $"tests/{test}", Message: problem))
        .Concat(result.Results.Where(r => !r.Holds).Select(r => (Field: r.Expectation.Node.Path.ToString().TrimStart('/'), r.Message)))
        .Take(5)
        .Select(failure => new FieldError($"{at}{failure.Field}", ErrorCodes.PlanTestFailed, $"The test '{result.Test.Name}' fails: {failure.Message}"));
}
