using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas.Leave;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>Plan documents drawn from the whole grammar: every earning, stage and pay rule turns up, alone and together.</summary>
internal sealed class RandomPlan(int seed)
{
    private static readonly string[] Spans = ["month", "quarter", "half_year", "year"];

    private static readonly string[] GroupWords = ["team.", "all.", "\"pool\"", "\"contest\""];

    private readonly Random _random = new(seed);

    /// <summary>Components of the version that ask for groups, by themselves or through others.</summary>
    private readonly HashSet<int> _ofGroups = [];

    public static PlanDocument Read(int seed)
    {
        var text = new RandomPlan(seed).Text();
        var errors = new DocErrors();
        return PlanReader.Read(text, errors) ?? throw new InvalidOperationException($"{text}\n{string.Join('\n', errors.All)}");
    }

    /// <summary>Up to three leaves of a rep in two years, one after the other, with every effect; the last one may go on.</summary>
    public static IReadOnlyList<LeaveRange> Leave(int seed)
    {
        var random = new Random(seed);
        List<LeaveRange> leave = [];
        var from = new DateOnly(2025, 1, 1).AddDays(random.Next(300));
        for (var i = random.Next(4); i > 0; i--)
        {
            var to = from.AddDays(random.Next(1, 120));
            leave.Add(new LeaveRange(new DateRange(from, i == 1 && random.Next(4) == 0 ? null : to), (LeaveEffect)random.Next(3)));
            from = to.AddDays(random.Next(200));
        }
        return leave;
    }

    public string Text()
    {
        var versions = Enumerable.Range(0, _random.Next(1, 4)).Select(i => Version(new DateOnly(2025, 1, 1).AddMonths(i * _random.Next(3, 6)), i));
        return $$"""{"plan": "random", "currency": "EUR", "facts": {"deal": {"years": "number"} }, "versions": [{{string.Join(",\n", versions)}}]}""";
    }

    private string Version(DateOnly from, int number)
    {
        _ofGroups.Clear();
        string[] components = [.. Enumerable.Range(0, _random.Next(1, 5)).Select(Component)];
        var pay = string.Join(", ", Some(PayCaps(), Guarantee(), Draw(), Minimum(), PayRounding()));
        var quotas = string.Join(", ", Some(Seasonality(), Ramp(), Proration(), $"\"decimals\": {_random.Next(3)}"));
        var when = Maybe(", \"when\": \"amount > 100\"") + Maybe(", \"kinds\": [\"order\", \"refund\"]");
        var rules = string.Concat(Some(Fx(), "\"accounting\": {\"months\": 18, \"expense_up_to_months\": 6}, ", "\"eligibility\": \"month_of_year <> 8\", "));
        return $$"""
            {"effective_from": "{{(number == 0 ? new DateOnly(2025, 1, 1) : from):yyyy-MM-dd}}", {{rules}}
             "lookups": [{"id": "term", "gives": "percent", "tiers": [{"to": 2, "value": 1}, {"from": 2, "to": 4, "value": 2.5}, {"from": 4, "value": 3}]}],
             "measures": [
               {"id": "sales", "value": "{{One("amount", "amount * 0.5", "if(facts.years >= 2, amount, amount / 3)")}}"},
               {"id": "margin", "value": "margin"},
               {"id": "units", "unit": "count", "value": "{{One("quantity", "quantity * share")}}"{{when}}}],
             "groups": [{"id": "all"}, {"id": "team", "by": "rep.territory"}],
             "components": [{{string.Join(",\n", components)}}],
             "pay": { {{pay}} },
             "quotas": { {{quotas}} }
            }
            """;
    }

    private string Component(int number)
    {
        var perDeal = _random.Next(4) == 0;
        var inOrder = perDeal && _random.Next(3) == 0;
        // What the percents of deals are of, where it is not what places them.
        var of = perDeal && _random.Next(3) == 0 ? One("amount", "margin") : null;
        var money = perDeal ? of is null || _random.Next(2) == 0 : _random.Next(3) > 0;
        var (attainment, measurement) = (_random.Next(4), 0);
        measurement = _random.Next(attainment + 1);
        var window = _random.Next(5) == 0 ? One("last_3_months", "last_12_months", "last_15_months", "service_year") : null;
        measurement = window is null ? measurement : window == "service_year" ? 0 : _random.Next(2);
        List<string> members =
        [
            $"\"id\": \"c{number}\"",
            $"\"measure\": \"{(money ? One("sales", "margin") : "units")}\"",
            $"\"attainment_period\": \"{window ?? Spans[attainment]}\"",
            $"\"measurement_period\": \"{Spans[measurement]}\"",
            $"\"credits\": [{One("\"direct\"", "\"direct\", \"overlay\"", "\"direct\", \"roll_up\"")}]",
        ];
        if (perDeal)
        {
            members.AddRange(inOrder
                ? ["\"per\": \"deal_in_order\"", $"\"rate_table\": {Table(One("step", "flat", "overageAtReachedTier"), "attainment", "percent", of)}", $"\"quota\": \"{One("to_date", "full")}\""]
                : of is not null ? ["\"per\": \"deal\"", One($"\"rate_table\": {Table("step", "amount", "percent", of, money)}", $"\"rate_table\": {Table("flat", "attainment", "percent", of)}, \"quota\": \"full\"")]
                : ["\"per\": \"deal\"", One("\"rate\": 7.5", $"\"rate_table\": {Table("step", "amount", "percent")}", $"\"rate_table\": {Table("flat", "attainment", "percent")}, \"quota\": \"full\"", "\"earn\": \"amount * min(facts.years, 3) * 2%\"", "\"earn\": \"amount * min(attainment, 2) * lookup('term', facts.years)\"", "\"matrix\": {\"rows\": {\"figure\": \"facts.years\", \"at\": [0, 2, 3]}, \"columns\": {\"figure\": \"attainment\", \"at\": [-1000, 0.5, 1]}, \"values\": [[0, 1, 2], [1, 3, 6], [2, 6, 15]]}")]);
        }
        else
        {
            members.Add($"\"quota\": \"{One("to_date", "full")}\"");
            members.Add(Earning(money, number));
            members.AddRange(Some(
                $"\"threshold\": {{\"at\": {One("40", "\"if(rep.month_of_service <= 4, 20%, 60%)\"")}{(members[^1].Contains("\"rate", StringComparison.Ordinal) ? Maybe(", \"then\": \"excess_only\"") : "")}}}",
                $"\"gates\": [{(number > 0 ? Gate(number) : "{\"when\": \"" + One("measured >= 0", "team.to_date >= 5000", "all.attainment >= 0.5") + "\"}")}]",
                "\"multipliers\": [{\"figure\": \"" + One("attainment", "team.attainment") + "\", \"mode\": \"" + One("flat", "interpolated") + "\", \"tiers\": [{\"from\": -100000, \"to\": 0.5, \"rate\": 80}, {\"from\": 0.5, \"to\": 1, \"rate\": 100}, {\"from\": 1, \"rate\": 130}]}]",
                $"\"kickers\": [{{{One("\"at\": 100", "\"at\": \"0.5 + rep.month_of_service / 12\"", "\"at_amount\": 2500")}, \"amount\": {One("500", "\"rep.target_incentive * 5%\"", money ? "\"quota * 1%\"" : "12")}, \"once\": \"{One(Spans)}\"{Maybe(", \"keep\": true")}}}]",
                $"\"attainment_cap\": {One("150", "\"1 + rep.month_of_service / 24\"")}"));
        }
        members.AddRange(Some(PayOf(perDeal)));
        members.AddRange(Some("\"eligibility\": \"month_of_year <> 3\""));
        if (_random.Next(4) == 0 && !members.Exists(m => m.StartsWith("\"spiff\"", StringComparison.Ordinal)))
        {
            members.Add("\"dates\": {\"from\": \"2025-02-10\", \"to\": \"2026-06-20\"}");
        }
        if (_random.Next(4) == 0)
        {
            members.Add($"\"rounding\": {{\"to\": {One("0.05", "1")}, \"mode\": \"{One("half_up", "up", "down")}\", \"each\": \"{(perDeal ? One("deal", "period") : "period")}\"}}");
        }
        // A budget is shared by what each rep earns alone.
        if (members.Exists(m => GroupWords.Concat(_ofGroups.Select(c => $"c{c}.")).Concat(_ofGroups.Select(c => $"\"c{c}\"")).Any(word => m.Contains(word, StringComparison.Ordinal))))
        {
            _ofGroups.Add(number);
            members.RemoveAll(m => m.StartsWith("\"spiff\"", StringComparison.Ordinal));
        }
        return "{" + string.Join(", ", members) + "}";
    }

    private string Earning(bool money, int number) => _random.Next(10) switch
    {
        0 => $"\"rate_table\": {Table("step", "attainment", money ? "percent" : "per_unit")}",
        1 => $"\"rate_table\": {Table("flat", "attainment", money ? "percent" : "per_unit")}",
        2 => $"\"rate_table\": {Table("overageAtReachedTier", "attainment", money ? "percent" : "per_unit")}",
        3 => $"\"rate_table\": {Table("step", "attainment", "target_multiplier")}",
        4 => money ? "\"rate\": 3.25" : "\"per_unit\": 12.5",
        5 => "\"matrix\": {\"rows\": {\"figure\": \"attainment\", \"at\": [0, 0.5, 1]}, \"columns\": {\"figure\": \"to_date\", \"at\": [0, 1000, 20000]}, \"values\": [[0, 10, 20], [10, 30, 60], [20, 60, 150]], \"mode\": \"" + One("step", "interpolated") + "\"}",
        6 => $"\"pool\": {Pool(money)}",
        7 => $"\"contest\": {Contest()}",
        8 => $"\"scorecard\": {{\"threshold\": 40, \"cap\": 110, \"goals\": [{{\"id\": \"a\", \"weight\": 60}}, {{\"id\": \"b\", \"weight\": 40, \"between\": \"{One("step", "linear")}\", \"max_percent\": 140, \"points\": [{{\"score\": 10, \"pays\": 50}}, {{\"score\": 30, \"pays\": 150}}]}}]}}",
        _ => $"\"earn\": \"{Maybe("team.attainment * 10 + ")}{(number > 0 ? $"components.c{number - 1}.{One("earned", "earned_in_year")} * 10% + " : "")}1000 * min(attainment, 2) + {(money ? One("last_3_months", "ever") : "0")} * 1%\"",
    };

    private string Seasonality() => One("\"seasonality\": \"even\"", "\"seasonality\": {\"over\": \"quarters\", \"percents\": [20, 20, 20, 40]}", "\"seasonality\": {\"over\": \"months\", \"percents\": [5, 5, 10, 5, 5, 10, 5, 5, 10, 10, 10, 20]}");

    private string Ramp() => $"\"ramp\": {{\"steps\": [{{\"to_month\": 3, \"percent\": 50}}, {{\"to_month\": 6, \"percent\": 75}}], \"counts_from\": \"{One("first_active_month", "first_full_month")}\"}}";

    private string Proration() => $"\"proration\": {{{One("\"by\": \"calendar_days\"", "\"by\": \"months\", \"month\": \"first_day\"", "\"by\": \"working_days\", \"holidays\": [\"2025-05-01\"]")}}}";

    /// <summary>Some lines are in dollars.</summary>
    private string Fx() => $"\"fx\": {{{One("\"rate\": \"transaction_date\"", "\"rate\": \"month_average\", \"average_decimals\": 4", "\"rate\": \"fixed\", \"fixed_rates\": {\"USD\": 0.9}")}}}, ";

    private string Pool(bool money)
    {
        var group = One("team", "all");
        var fund = One("1000", "if(all.members > 2, 777.77, 333.33)", $"{group}.measured * {(money ? "7%" : "3")}");
        return $"{{\"group\": \"{group}\", \"fund\": \"{fund}\"{Maybe($", \"by\": \"{One("measured", "attainment", "2")}\"")}{Maybe(", \"when\": \"to_date > 500\"")}}}";
    }

    private string Contest()
    {
        var prizes = One("[{\"to_rank\": 1, \"amount\": 500.01}, {\"to_rank\": 3, \"amount\": 100}]", "[{\"to_percent\": 40, \"amount\": 250}]");
        var how = One("\"by\": \"floor(attainment)\"", "\"by\": \"floor(attainment)\", \"then_by\": \"to_date\"", "\"by\": \"to_date\", \"wins\": \"lowest\"", "\"first_to\": 3000", $"\"teams\": \"team\", \"score\": \"{One("sum", "average")}\", \"by\": \"measured\"");
        return $"{{\"group\": \"all\", {how}, \"ties\": \"{One("share", "skip", "next")}\"{Maybe(", \"when\": \"to_date > 500\"")}, \"prizes\": {prizes}}}";
    }

    private string Table(string mode, string on, string yields, string? of = null, bool money = true)
    {
        var edges = on == "amount" ? ("500", One("5000", money ? "\"rep.target_incentive / 3\"" : "\"1000 + 400 * rep.month_of_service\"")) : (One("50", "\"if(rep.month_of_service < 6, 0, 50%)\""), One("100", "\"1 + rep.month_of_service * 2%\""));
        return string.Create(CultureInfo.InvariantCulture, $$"""{"mode": "{{mode}}", "on": "{{on}}", "yields": "{{yields}}", {{(of is null ? "" : $"\"of\": \"{of}\", ")}}"tiers": [{"from": 0, "to": {{edges.Item1}}, "rate": 1.5}, {"from": {{edges.Item1}}, "to": {{edges.Item2}}, "rate": 2.25}, {"from": {{edges.Item2}}, "rate": 4}]}""");
    }

    private string Gate(int number) => One(
        $"{{\"component\": \"c{_random.Next(number)}\", \"at\": {One("60", "\"rep.month_of_service * 5%\"")}{Maybe(", \"once_open_stays\": true")}}}",
        $"{{\"when\": \"components.c{_random.Next(number)}.to_date > 1000\"}}");

    private string[] PayOf(bool perDeal) => _random.Next(5) switch
    {
        0 => ["\"true_up\": {\"per\": \"quarter\", \"hold_back_percent\": 20}"],
        1 => ["\"hold\": {\"until\": \"" + One("cash\"", "cash\", \"percent\": 37.5", "months\", \"months\": 2", "months\", \"parts\": [{\"percent\": 45, \"months\": 2}, {\"percent\": 25, \"months\": 3}]", "date\", \"date\": \"2025-08-15\"", "days\", \"days\": 45", "days\", \"after\": \"invoice\", \"parts\": [{\"percent\": 45, \"days\": 30}, {\"percent\": 25, \"days\": 90}]", "days\", \"after\": \"cash\", \"days\": 10, \"percent\": 60") + "}", "\"clawback\": {" + One("\"schedule\": [{\"to_months\": 3, \"percent\": 100}, {\"to_months\": 6, \"percent\": 50}]", "\"over_months\": 7", "\"over_days\": 200", "\"schedule\": [{\"to_days\": 90, \"percent\": 100}, {\"to_days\": 180, \"percent\": 50}]") + "}"],
        2 => ["\"caps\": [{\"per\": \"" + One("month", "quarter", "year", perDeal ? "deal" : "month") + "\", \"amount\": " + One("700", "\"rep.target_incentive / 20\"", "\"1500 - 50 * rep.month_of_service\"") + "}]"],
        3 => ["\"spiff\": {\"budget\": 900, \"from\": \"2025-01-01\", \"to\": \"2026-04-01\"}", "\"hold\": {\"until\": \"cash\"}"],
        _ => ["\"clawback\": {\"percent\": 60}"],
    };

    private string PayCaps() => $"\"caps\": [{{\"per\": \"{One(Spans)}\", \"amount\": {One("1500", "\"1000 + 50 * rep.month_of_service\"")}}}]";

    private string Minimum() => $"\"minimum\": {{\"amount\": {One("200", "\"rep.target_incentive / 50\"")}{Maybe(", \"year_end_pays_all\": true")}}}";

    private string PayRounding() => $"\"rounding\": {{\"to\": {One("0.05", "1")}, \"mode\": \"{One("half_even", "half_up", "up", "down")}\", \"each\": \"{One("month", "year_to_date")}\"}}";

    private string Guarantee() => $"\"guarantee\": {{\"per\": \"{One(Spans)}\", \"amount\": {One("300", "\"max(600 - 100 * rep.month_of_service, 0)\"")}}}";

    private string Draw() => "\"draw\": {" + One("\"kind\": \"recoverable\", \"amount\": 400, \"recovery_starts\": 3", "\"kind\": \"recoverable\", \"amount\": 250, \"recovery_percent\": 50, \"forgiven_at\": 9", "\"kind\": \"non_recoverable\", \"percent_of_target_incentive\": 30", "\"kind\": \"recoverable\", \"amount\": \"max(900 - 100 * rep.month_of_service, 0)\"") + One("", ", \"per\": \"quarter\"", ", \"components\": [\"c0\"]") + "}";

    private T One<T>(params T[] of) => of[_random.Next(of.Length)];

    private string Maybe(string text) => _random.Next(2) == 0 ? text : "";

    private IEnumerable<string> Some(params string[] of) => of.Where(_ => _random.Next(2) == 0).ToArray();
}
