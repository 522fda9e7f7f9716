using System.Text.Json;
using Spm.Platform.Tenants;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Payouts;

public sealed class ExplainTests
{
    [Fact]
    public async Task Every_number_recomputes_from_those_below_it()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "700.55");
        await platform.SellAsync("T2", "E1", "2025-01-06", "833.3333");
        await platform.SellAsync("T3", "E1", "2025-02-06", "2100.01");
        await platform.SellAsync("T4", "E2", "2025-02-07", "99.99");
        await platform.SellAsync("R1", "E1", "2025-02-08", "50.05", kind: "refund");
        await platform.SellAsync("T3", "E1", "2025-02-06", "1900.01", version: 2);

        foreach (var rep in new[] { "E1", "M1" })
        {
            var credited = 0m;
            foreach (var month in new[] { "2025-01", "2025-02" })
            {
                var explained = await platform.ExplainAsync(rep, month);
                var incentive = Assert.Single(explained.GetProperty("incentives").EnumerateArray());
                credited += Credited(incentive);
                Assert.Equal(credited, incentive.Number("measurement"));
                Assert.Equal(Credited(incentive), incentive.Number("credited"));
                Assert.Equal(incentive.Number("attainment"), Math.Round(Recompute(incentive.GetProperty("attainment_calculation")) * 100m, 4));
                Assert.InRange(incentive.Number("earned_to_date") - incentive.Number("earned_before") - incentive.Money("amount"), -0.01m, 0.01m);
                Assert.Equal(explained.GetProperty("payout").Money("amount"), Recompute(explained.GetProperty("calculation")));
                Assert.Equal(Math.Round(incentive.Number("measurement") / incentive.Number("quota") * 100m, 4), incentive.Number("attainment"));
                Assert.Equal(explained.GetProperty("payout").Money("incentives"), incentive.Money("amount"));
                Assert.Equal(0m, incentive.Money("adjusted_later"));
                Assert.False(incentive.GetProperty("credits_truncated").GetBoolean());
            }
        }
        var corrected = (await platform.ExplainAsync("E1", "2025-02")).GetProperty("incentives")[0].GetProperty("credits").EnumerateArray().First();
        Assert.Equal((1900.01m, 2, "T3"), (corrected.Number("amount"), corrected.GetProperty("transaction").GetProperty("version").GetInt32(), corrected.GetProperty("transaction").Text("external_id")));
    }

    [Fact]
    public async Task An_explanation_does_not_wait_for_those_who_post()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "700");
        var payout = (await platform.PayoutAsync("E1", "2025-01")).Text("id");
        using var posting = await platform.Service<TenantDirectory>().Get(1).Gate.ReadAsync();

        var explained = await platform.GetAsync($"/v1/payouts/{payout}/explain").WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(700m, explained.Expect(200).Json.GetProperty("incentives")[0].Number("credited"));
    }

    [Fact]
    public async Task An_explanation_is_of_one_instant_while_others_post()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T0", "E1", "2025-01-05", "100");
        var posting = Task.Run(async () =>
        {
            for (var i = 1; i < 60; i++)
            {
                await platform.SellAsync($"T{i}", "E1", "2025-01-05", "10");
            }
        });
        while (!posting.IsCompleted)
        {
            foreach (var rep in (string[])["E1", "M1"])
            {
                var incentive = (await platform.ExplainAsync(rep, "2025-01")).GetProperty("incentives")[0];
                Assert.Equal(incentive.Number("credited"), Credited(incentive));
                Assert.Equal(incentive.Number("measurement"), Credited(incentive));
            }
        }
        await posting;
    }

    [Fact]
    public async Task Payouts_with_adjustments_and_rests_recompute_from_their_calculation()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.SellAsync("T2", "E1", "2025-01-06", "2000");
        await platform.CloseAsync("2025-01");
        // Taken back later: more than February earns, so that a rest goes on to March.
        await platform.SellAsync("T2", "E1", "2025-01-06", "0", version: 2);
        await platform.SellAsync("T3", "E1", "2025-02-05", "10");
        await platform.CloseAsync("2025-02");
        await platform.SellAsync("T4", "E1", "2025-01-07", "3000");
        await platform.SellAsync("T5", "E1", "2025-02-07", "700");
        await platform.SellAsync("T6", "E1", "2025-03-07", "500");
        await platform.CloseAsync("2025-03");
        await platform.SellAsync("T7", "E1", "2025-02-08", "33.33");

        var payouts = await platform.ListAsync("/v1/payouts?rep=E1");

        Assert.Equal(["2025-01", "2025-02", "2025-03", "2025-04"], payouts.Select(p => p.Text("period")));
        Assert.True(payouts[1].Money("carried_out") < 0m);
        foreach (var payout in payouts)
        {
            var calculation = (await platform.GetAsync($"/v1/payouts/{payout.Text("id")}/explain")).Expect(200).Json.GetProperty("calculation");
            Assert.Equal((payout.Money("amount"), payout.Money("amount")), (calculation.Number("value"), Recompute(calculation)));
        }
    }

    [Fact]
    public async Task Roll_up_is_told_by_the_direct_report_of_each_day()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        // E3 sells under E1 until the 15th and under E2 from then on; E1 and E2 report to M1. X is below M1 only from the 20th.
        (await platform.PutAsync("/v1/reps/hris/E3", """{"name":"Eve","managers":[{"manager":"E1","to":"2025-01-15"},{"manager":"E2","from":"2025-01-15"}]}""")).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/X", """{"name":"Xen","managers":[{"manager":"M1","from":"2025-01-20"}]}""")).Expect(201);
        await platform.SellAsync("T1", "E3", "2025-01-14", "100");
        await platform.SellAsync("T2", "E3", "2025-01-15", "20");
        await platform.SellAsync("T3", "E1", "2025-01-15", "3");
        await platform.SellAsync("T4", "X", "2025-01-19", "7000");
        await platform.SellAsync("T5", "X", "2025-01-20", "0.5");
        await platform.SellAsync("I1", "E1", "2025-01-15", "9999", kind: "invoice");
        await platform.SellAsync("T6", "M1", "2025-01-15", "40");

        var incentive = (await platform.ExplainAsync("M1", "2025-01")).GetProperty("incentives")[0];

        Assert.Equal(
            [("E1", 103m, 2), ("E2", 20m, 1), ("X", 0.5m, 1)],
            incentive.GetProperty("roll_up").EnumerateArray().Select(r => (r.GetProperty("rep").Text("external_id"), r.Number("amount"), r.GetProperty("count").GetInt32())));
        // The manager's own deal is credited to it directly, which this component does not count.
        Assert.Empty(incentive.GetProperty("credits").EnumerateArray());
        Assert.Equal(123.5m, incentive.Number("measurement"));
    }

    [Fact]
    public async Task A_closed_payout_says_what_has_been_adjusted_later()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await platform.CloseAsync("2025-01");
        await platform.SellAsync("T2", "E1", "2025-01-06", "100");

        var incentive = (await platform.ExplainAsync("E1", "2025-01")).GetProperty("incentives")[0];

        Assert.Equal((25m, 5m, 30m), (incentive.Money("amount"), incentive.Money("adjusted_later"), incentive.Number("earned_to_date")));
    }

    [Fact]
    public async Task A_closed_payout_shows_what_it_paid_for_a_plan_that_was_taken_away_afterwards()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await platform.CloseAsync("2025-01");
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Rep E1","title":"AE","manager":"M1","plan":"mgr"}""")).Expect(200);

        var incentives = (await platform.ExplainAsync("E1", "2025-01")).GetProperty("incentives").EnumerateArray().ToArray();

        Assert.Equal(["Manager", "AE"], incentives.Select(i => i.Text("plan_name")));
        Assert.Equal([(0m, 0m), (25m, -25m)], incentives.Select(i => (i.Money("amount"), i.Money("adjusted_later"))));
        Assert.Equal(-25m, (await platform.PayoutAsync("E1", "2025-02")).Money("adjustments"));
    }

    [Fact]
    public async Task A_corrected_or_deleted_deal_counts_once_or_not_at_all()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/plans/crm/deals", SmallCompany.Document("deals", """{"id":"d","measure":"deals","quota":"to_date","rate_table":{"mode":"step","yields":"per_unit","tiers":[{"from":0,"rate":10}]}}"""))).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/D", """{"name":"Dee","plan":"deals"}""")).Expect(201);
        (await platform.PutAsync("/v1/quotas", """{"rep":"D","measure":"deals","period":"2025-01","amount":"10"}""")).Expect(201);
        await platform.SellAsync("T1", "D", "2025-01-05", "100");
        await platform.SellAsync("T2", "D", "2025-01-06", "100");
        await platform.SellAsync("T1", "D", "2025-01-05", "120", version: 2);

        var incentive = (await platform.ExplainAsync("D", "2025-01")).GetProperty("incentives")[0];

        Assert.Equal(2m, incentive.Number("measurement"));
        Assert.Equal(2m, Credited(incentive));
        Assert.Equal(20m, incentive.Money("amount"));
    }

    [Fact]
    public async Task Too_many_credits_are_cut_to_the_largest_and_their_sum_is_still_told()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        foreach (var chunk in Enumerable.Range(1, 1005).Chunk(50))
        {
            await Task.WhenAll(chunk.Select(i => platform.SellAsync($"T{i}", "E1", "2025-01-05", $"0.{i:0000}")));
        }

        var incentive = (await platform.ExplainAsync("E1", "2025-01")).GetProperty("incentives")[0];

        Assert.True(incentive.GetProperty("credits_truncated").GetBoolean());
        Assert.Equal(1000, incentive.GetProperty("credits").GetArrayLength());
        Assert.Equal(0.0006m, incentive.GetProperty("credits").EnumerateArray().Min(c => c.Number("amount")));
        Assert.Equal(incentive.Number("measurement"), incentive.GetProperty("credits_total").Number("amount"));
    }

    [Fact]
    public async Task The_client_reads_an_explanation()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1500");
        var id = (await platform.PayoutAsync("M1", "2025-01")).Text("id");

        var explanation = await platform.Client.Payouts.ExplainAsync(id);

        Assert.Equal(15m, explanation.Payout.Amount.Amount);
        Assert.Equal("E1", Assert.Single(Assert.Single(explanation.Incentives).RollUp).Rep.ExternalId);
        Assert.Equal("not_found", (await platform.GetAsync("/v1/payouts/pay_MC4x/explain")).Expect(404).Code);
    }

    private static decimal Credited(JsonElement incentive) =>
        incentive.GetProperty("credits").EnumerateArray().Sum(c => c.Number("amount")) + incentive.GetProperty("roll_up").EnumerateArray().Sum(r => r.Number("amount"));

    /// <summary>As anybody can who reads the answer; every node on the way is held against its own figure.</summary>
    private static decimal Recompute(JsonElement node)
    {
        decimal[] inputs = [.. node.GetProperty("inputs").EnumerateArray().Select(Recompute)];
        var value = node.Text("operation") switch
        {
            "sum" => inputs.Sum(),
            "difference" => inputs[0] - inputs[1..].Sum(),
            "product" => inputs.Aggregate(1m, (product, factor) => product * factor),
            "quotient" => inputs[0] / inputs[1],
            "least" => inputs.Min(),
            "greatest" => inputs.Max(),
            "negative" => -inputs[0],
            "rounded" => Math.Round(inputs[0], 2, MidpointRounding.ToEven),
            "because" => inputs[0],
            _ => node.Number("value"),
        };
        Assert.Equal(node.Number("value"), value);
        return value;
    }
}
