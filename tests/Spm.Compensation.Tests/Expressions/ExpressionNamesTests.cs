using System.Text;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Tests.Examples;

namespace Spm.Compensation.Tests.Expressions;

/// <summary>docs/expressions.md lists what expressions may ask for: the tables are those of the code.</summary>
public class ExpressionNamesTests
{
    private const string Begin = "<!-- names: written by a test -->\n";
    private const string End = "<!-- end of names -->";

    private static readonly string Page = Path.Combine(Repository.Root, "docs", "expressions.md");

    private readonly PlanScopes _scopes = new(null);

    public ExpressionNamesTests()
    {
        _scopes.AnnounceGroup("GROUP");
        _scopes.Announce("ID", MeasureUnit.Money, ranks: true);
    }

    [Fact]
    public void The_page_lists_every_name_with_its_kind_and_meaning()
    {
        var page = File.ReadAllText(Page).ReplaceLineEndings("\n");
        var written = page[..(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + Tables() + page[page.IndexOf(End, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("SPM_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Page, written);
            page = written;
        }
        Assert.True(page == written, "The tables of docs/expressions.md are not what the code says. Run this test with SPM_WRITE_DOCS=1 to write them anew, and look at the difference.");
    }

    [Fact]
    public void Every_name_says_what_it_means() =>
        Assert.All(Credit.Concat(Period).Concat(Rep).Concat(Deal).Concat(Month).Concat(Member), n => Assert.False(string.IsNullOrWhiteSpace(n.Meaning), $"{n.Name} has no description."));

    [Fact]
    public void A_name_that_is_not_known_is_answered_with_those_that_are()
    {
        var message = ExpressionCompiler.Compile("tenure * 2", _scopes.RepAlone, ExpressionKind.Number).Error!.Message;
        Assert.Equal(
            "'tenure' is not known here. Known here: rep.id, rep.title, rep.territory, rep.hired_on, rep.left_on, rep.target_incentive, rep.base_salary.", message);
        var many = new PlanScopes(null);
        Enumerable.Range(0, 100).ToList().ForEach(i => many.Announce($"c{i}", MeasureUnit.Money));
        Assert.EndsWith(" more.", ExpressionCompiler.Compile("tenure", many.Period(MeasureUnit.Money), ExpressionKind.Money).Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acv", null)]
    [InlineData("date", null)]
    [InlineData("mont", "month")]
    [InlineData("attainmant", "attainment")]
    [InlineData("rep.month_in_servise", "rep.month_of_service")]
    public void Only_a_name_that_is_near_is_suggested(string name, string? near)
    {
        var message = ExpressionCompiler.Compile(name, _scopes.Period(MeasureUnit.Money), ExpressionKind.Money).Error!.Message;
        Assert.Equal(near is null, !message.Contains("did you mean", StringComparison.Ordinal));
        Assert.Contains(near is null ? "" : $"did you mean '{near}'?", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_months_that_go_along_are_told_as_one()
    {
        var message = ExpressionCompiler.Compile("tenure", _scopes.Period(MeasureUnit.Money), ExpressionKind.Money).Error!.Message;
        Assert.Contains("month_of_year, month_start", message, StringComparison.Ordinal);
        Assert.DoesNotContain("last_3_months", message, StringComparison.Ordinal);
    }

    private IEnumerable<(string Name, string Kind, string Meaning)> Credit => Own(_scopes.Credit.Names).Select(n => (n.Name, WireNames.Of(n.Kind), n.Description));

    /// <summary>Figures of a measure that counts are numbers.</summary>
    private IEnumerable<(string Name, string Kind, string Meaning)> Period
    {
        get
        {
            var counts = _scopes.Period(MeasureUnit.Count).Names.ToDictionary(n => n.Name, n => n.Kind, StringComparer.Ordinal);
            return Own(_scopes.Period(MeasureUnit.Money).Names).Where(n => !IsOfMonth(n.Name) && (!IsBack(n.Name) || n.Name == "last_2_months")).Select(n => IsBack(n.Name)
                ? ($"last_2_months` to `last_{PlanScopes.MostMonthsBack}_months", "money, or number where the measure counts", n.Description)
                :
                (n.Name, n.Kind == counts[n.Name] && !IsMeasured(n.Name) ? WireNames.Of(n.Kind) : "money, or number where the measure counts", n.Description));
        }
    }

    private IEnumerable<(string Name, string Kind, string Meaning)> Rep => _scopes.RepAlone.Names.Select(n => (n.Name, WireNames.Of(n.Kind), n.Description));

    private IEnumerable<(string Name, string Kind, string Meaning)> Deal => _scopes.Deal(MeasureUnit.Money).Names
        .Where(n => _scopes.Credit.Names.All(c => c.Name != n.Name) && _scopes.Period(MeasureUnit.Money).Names.All(c => c.Name != n.Name))
        .Select(n => (n.Name, "money, or number where the measure counts", n.Description));

    private IEnumerable<(string Name, string Kind, string Meaning)> Month => _scopes.RepMonth.Names.Where(n => IsOfMonth(n.Name)).Select(n => (n.Name, WireNames.Of(n.Kind), n.Description));

    private IEnumerable<(string Name, string Kind, string Meaning)> Member =>
        _scopes.Member.Names.Where(n => _scopes.RepAlone.Names.All(r => r.Name != n.Name)).Select(n => (n.Name, WireNames.Of(n.Kind), n.Description));

    private string Tables() => new StringBuilder()
        .Append(Table("### Of a credit", "In `value` and `when` of a measure, and where deals are paid in `earn`, `matrix` and `of` of a rate table, where the figures are those of all lines of the deal together.", Credit))
        .Append(Table("### Of a deal", "Where deals are paid in `earn`, `matrix` and `of` of a rate table, beside those of a credit and of the component, groups and ranks aside.", Deal))
        .Append(Table("### Of a component, to date", "In `earn`, in `when` of a gate, and in the `figure` of a multiplier or of an axis of a matrix. `components.ID` is another component of the version, `GROUP` a group; a pool's `fund` knows figures of groups alone.", Period))
        .Append(Table("### Of the rep", "Everywhere; in `target_incentive` nothing else is known.", Rep))
        .Append(Table("### Of the month", "In `eligibility`, in amounts of caps, kickers, guarantees and draws, and wherever figures of a component are known.", Month))
        .Append(Table("### Of a member", "In `by` and `when` of a group, beside those of the rep.", Member))
        .ToString();

    private static string Table(string heading, string where, IEnumerable<(string Name, string Kind, string Meaning)> names) =>
        $"{heading}\n{where}\n\n| name | kind | |\n|---|---|---|\n{string.Concat(names.Select(n => $"| `{n.Name}` | {n.Kind} | {n.Meaning} |\n"))}\n";

    private static IEnumerable<(string Name, ExpressionKind Kind, string Description)> Own(IEnumerable<(string Name, ExpressionKind Kind, string Description)> names) =>
        names.Where(n => !n.Name.StartsWith("rep.", StringComparison.Ordinal));

    private static bool IsBack(string name) => name.StartsWith("last_", StringComparison.Ordinal);

    private bool IsOfMonth(string name) => _scopes.RepMonth.Names.Any(n => n.Name == name) && _scopes.RepAlone.Names.All(r => r.Name != name);

    private static bool IsMeasured(string name) => name.StartsWith("components.ID.", StringComparison.Ordinal) && name.Split('.')[2] is "month" or "to_date" or "quota";
}
