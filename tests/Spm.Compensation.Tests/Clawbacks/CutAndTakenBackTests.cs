using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Tests.Explain;

namespace Spm.Compensation.Tests.Clawbacks;

/// <summary>What a cap has cut of a deal was never paid, and is not asked back once the cap's span is over.</summary>
public class CutAndTakenBackTests
{
    private const string Sales = """
        { "id": "A", "date": "2025-01-10", "amount": 6000 }, { "id": "B", "date": "2025-02-10", "amount": 6000 },
        """;

    private static readonly string[] Spans = ["month", "quarter", "half_year", "year"];

    /// <param name="span">Of a cap of 1,000, of the component and of all pay: 200 of 1,200 are cut, 100 of each deal.</param>
    /// <param name="left">Within its span the cap makes room: 600 are taken back, and the 200 that were cut are due.</param>
    [Theory]
    [InlineData("quarter", "2025-03-10", 600, 600)]
    [InlineData("quarter", "2025-04-10", 500, 500)]
    [InlineData("half_year", "2025-04-10", 600, 600)]
    [InlineData("half_year", "2025-07-10", 500, 500)]
    public void A_cap_of_a_span_that_is_over_is_not_asked_back(string span, string cancelled, decimal clawedBack, decimal left)
    {
        var caps = $$""" "caps":[{"amount":1000,"per":"{{span}}"}] """;
        Holds("," + caps, "");
        Holds("", caps);

        void Holds(string ofComponent, string ofPay) => Given.Holds(
            $$"""{"id":"c","measure":"sales","rate":10,"clawback":{"percent":100}{{ofComponent}}}""",
            $$"""
            "transactions": [{{Sales}} { "kind": "cancellation", "deal": "A", "date": "{{cancelled}}" }],
            "expect": [{ "period": "{{cancelled[..7]}}", "component": "c", "figure": "clawed_back", "is": {{clawedBack}} }, { "period": "2025", "is": {{left}} }]
            """,
            pay: $"{{{ofPay}}}");
    }

    [Fact]
    public void Half_of_the_deal_leaves_half_of_the_cut_behind() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"clawback":{"percent":100},"caps":[{"amount":1000,"per":"quarter"}]}""",
        $$"""
        "transactions": [
          {{Sales}} { "kind": "cancellation", "deal": "A", "date": "2025-01-20", "amount": 1500 },
          { "kind": "cancellation", "deal": "A", "date": "2025-05-10", "amount": 2250 }, { "kind": "cancellation", "deal": "A", "date": "2025-06-10" }
        ],
        "expect": [
          { "period": "2025-01", "component": "c", "figure": "clawed_back", "is": 150 }, { "period": "2025-Q1", "is": 1000, "note": "50 of 1,050 are cut, three sevenths of them of A" },
          { "period": "2025-05", "component": "c", "figure": "clawed_back", "is": 214.29 }, { "period": "2025-06", "component": "c", "figure": "clawed_back", "is": 214.29 }, { "period": "2025", "is": 571.43, "note": "what is paid for B" }
        ]
        """);

    [Fact]
    public void What_two_components_and_their_deals_were_cut_is_shared_by_what_was_due() => Given.Holds(
        """
        {"id":"a","measure":"sales","rate":10,"clawback":{"percent":100}}, {"id":"b","measure":"sales","rate":20}, {"id":"c","measure":"sales","rate":10,"eligibility":"rep.month_of_service > 99"}
        """,
        $$"""
        "transactions": [{{Sales}} { "kind": "cancellation", "deal": "A", "date": "2025-04-10" }],
        "expect": [{ "period": "2025-Q1", "is": 1800 }, { "period": "2025-04", "component": "a", "figure": "clawed_back", "is": 300 }]
        """,
        pay: """{"caps":[{"amount":1800,"per":"quarter"}]}""");

    [Fact]
    public void Who_gives_everything_back_has_been_paid_nothing_whatever_was_cut() => Property.Holds<int>(seed =>
    {
        var random = new Random(seed);
        var percent = random.Next(2) == 0 ? 100 : random.Next(1, 100);
        var tiers = random.Next(2) == 0 ? "step" : "flat";
        var (ofComponent, ofPay) = (Spans.ToDictionary(s => s, _ => random.Next(20, 300)), Spans.ToDictionary(s => s, _ => random.Next(20, 500)));
        // Each version has some of them, and raises them.
        string Caps(Dictionary<string, int> caps) => string.Join(',', Spans.Where(_ => random.Next(4) > 0).Select(s => $$"""{"amount":{{caps[s] += random.Next(100)}},"per":"{{s}}"}"""));
        (string, string, string) Version(string from) => (
            from,
            $$"""
            {"id":"a","measure":"revenue","rate":10,"clawback":{"percent":{{percent}}},"caps":[{{Caps(ofComponent)}}]},
            {"id":"b","measure":"revenue","rate_table":{"on":"amount","mode":"{{tiers}}","tiers":[{"from":0,"to":900,"rate":5},{"from":900,"rate":20}]},"clawback":{"percent":{{percent}} } }
            """,
            $$"""{"caps":[{{Caps(ofPay)}}]}""");
        var plan = Given.Versions("p", [.. new[] { "2025-01-01", "2025-02-01", "2025-04-01", "2025-06-01" }.Where((_, i) => i == 0 || random.Next(2) == 0).Select(Version)]);
        var year = new RepYear(new RepYearInputs(Given.Year, new RepProfile("ann"), Given.AllYear(plan), Given.Book()));
        for (var i = 0; i < 6; i++)
        {
            var day = Given.Day("2025-01-10").AddDays(random.Next(170));
            year.Add(new CreditLine { Transaction = $"T{i}", Deal = $"D{i}", Kind = "order", Date = day, Amount = random.Next(1, 2000) });
            foreach (var part in random.Next(3) == 0 ? ["half", "rest"] : new[] { "rest" })
            {
                var on = part == "half" ? day.AddDays(random.Next(0, 60)) : Given.Day("2025-07-01").AddDays(random.Next(184));
                year.Add(new CreditLine { Transaction = $"C{i}{part}", Deal = $"D{i}", Kind = "cancellation", Date = on, Amount = part == "half" ? random.Next(1, 100) : 0m });
            }
        }
        year.Calculate();
        var run = PayRun.Calculate([year]);
        var paid = run.Months.Sum(m => m.Due);
        Assert.True(percent < 100 ? paid > 0m : Math.Abs(paid) < 0.000_000_001m, $"{percent} %: {paid}");
        ExplanationLaws.Recomputes(run);
    });
}
