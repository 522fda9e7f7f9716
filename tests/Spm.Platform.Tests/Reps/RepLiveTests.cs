using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Reps;

public sealed class RepLiveTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_transaction_that_was_answered_is_in_the_reps_attainment_and_incentive()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "1500.50"), 201);

        // 5 % of the first 1,000 and 10 % of the 500.50 above quota: 50 + 50.05
        Assert.Equal("credited 1500.50, to date 1500.50 = 150.05 %, incentive 100.05, payout 100.05", await _platform.LiveAsync("E1", "2025-01"));
        // In February the quota to date is 2,000: of the 1,500.50 nothing is above it any more.
        Assert.Equal("credited 0.00, to date 1500.50 = 75.025 %, incentive 0.00, payout 0.00", await _platform.LiveAsync("E1", "2025-02"));
    }

    [Fact]
    public async Task A_manager_sees_the_roll_up_of_reports_at_once()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "400"), 201);
        await _platform.PostAsync(SmallCompany.Order("T2", "E2", "2025-01-06", "600"), 201);

        Assert.Equal("credited 1000.00, to date 1000.00 = 50 %, incentive 10.00, payout 10.00", await _platform.LiveAsync("M1", "2025-01"));
    }

    [Fact]
    public async Task Correcting_a_transaction_moves_live_figures_by_exactly_the_difference()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "400"), 201);
        await _platform.PostAsync(SmallCompany.Order("T2", "E1", "2025-01-06", "100"), 201);
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "250.25", version: 2), 200);

        Assert.Equal("credited 350.25, to date 350.25 = 35.025 %, incentive 17.51, payout 17.51", await _platform.LiveAsync("E1", "2025-01"));
        Assert.Equal("credited 350.25, to date 350.25 = 17.5125 %, incentive 3.50, payout 3.50", await _platform.LiveAsync("M1", "2025-01"));
    }

    [Fact]
    public async Task A_deleted_transaction_leaves_nothing_in_live_figures()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "400"), 201);
        await _platform.PostAsync("""{"source":"crm","external_id":"T1","version":2,"kind":"order","date":"2025-01-05","amount":"400","currency":"USD","rep":"E1","deleted":true}""", 200);

        Assert.Equal("credited 0.00, to date 0.00 = 0 %, incentive 0.00, payout 0.00", await _platform.LiveAsync("E1", "2025-01"));
        Assert.Equal("credited 0.00, to date 0.00 = 0 %, incentive 0.00, payout 0.00", await _platform.LiveAsync("M1", "2025-01"));
    }

    [Fact]
    public async Task A_refund_takes_back_what_its_amount_had_earned()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "400"), 201);
        await _platform.PostAsync(SmallCompany.Order("R1", "E1", "2025-01-20", "100", kind: "refund"), 201);

        Assert.Equal("credited 300.00, to date 300.00 = 30 %, incentive 15.00, payout 15.00", await _platform.LiveAsync("E1", "2025-01"));
    }

    [Fact]
    public async Task A_deal_moved_to_another_rep_leaves_the_first_one()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "400"), 201);
        await _platform.PostAsync(SmallCompany.Order("T1", "E2", "2025-01-05", "400", version: 2), 200);

        Assert.Equal("credited 0.00, to date 0.00 = 0 %, incentive 0.00, payout 0.00", await _platform.LiveAsync("E1", "2025-01"));
        Assert.Equal("credited 400.00, to date 400.00 = 40 %, incentive 20.00, payout 20.00", await _platform.LiveAsync("E2", "2025-01"));
        Assert.Equal("credited 400.00, to date 400.00 = 20 %, incentive 4.00, payout 4.00", await _platform.LiveAsync("M1", "2025-01"));
    }

    [Fact]
    public async Task A_new_manager_has_the_roll_up_from_the_day_of_the_change()
    {
        (await _platform.PutAsync("/v1/reps/hris/M2", """{"name":"Max","title":"Manager","plan":"mgr"}""")).Expect(201);
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "100"), 201);
        await _platform.PostAsync(SmallCompany.Order("T2", "E1", "2025-03-15", "200"), 201);

        (await _platform.PutAsync("/v1/reps/hris/E1", """{"name":"Rep E1","title":"AE","plan":"ae","managers":[{"manager":"M1","to":"2025-03-01"},{"manager":"M2","from":"2025-03-01"}]}""")).Expect(200);

        Assert.StartsWith("credited 100.00,", await _platform.LiveAsync("M1", "2025-01"), StringComparison.Ordinal);
        Assert.StartsWith("credited 0.00, to date 100.00", await _platform.LiveAsync("M1", "2025-03"), StringComparison.Ordinal);
        Assert.StartsWith("credited 200.00, to date 200.00 = null %", await _platform.LiveAsync("M2", "2025-03"), StringComparison.Ordinal);
        Assert.StartsWith("credited 200.00, to date 300.00", await _platform.LiveAsync("E1", "2025-03"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_on_no_quota_earns_nothing_and_says_so_with_null()
    {
        (await _platform.PutAsync("/v1/reps/hris/E3", """{"name":"Rep E3","title":"AE","plan":"ae"}""")).Expect(201);
        await _platform.PostAsync(SmallCompany.Order("T1", "E3", "2025-01-05", "400"), 201);

        var component = (await _platform.MonthAsync("E3", "2025-01")).GetProperty("components")[0];

        Assert.Equal(("null", "null", "0.00"), (component.Text("quota"), component.Text("attainment"), component.MoneyText("incentive")));
    }

    [Theory]
    [InlineData("2025-02", 1)]
    [InlineData("2025-Q1", 3)]
    [InlineData("2025", 12)]
    [InlineData(null, 12)]
    public async Task A_month_quarter_or_year_is_answered_by_its_months(string? period, int months)
    {
        var live = await _platform.GetAsync($"/v1/reps/{await _platform.IdAsync("reps", "E1")}/live{(period is null ? "" : $"?period={period}")}");

        Assert.Equal(months, live.Expect(200).Json.GetProperty("periods").GetArrayLength());
    }

    [Fact]
    public async Task A_closed_month_keeps_its_payout_and_a_late_change_is_an_adjustment()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "400"), 201);
        await _platform.Service<Spm.Platform.Periods.PeriodCommands>().CloseAsync(
            new Spm.Platform.Kernel.Caller(1, "default", "test", new HashSet<string> { "*" }), "2025-01");
        await _platform.PostAsync(SmallCompany.Order("T2", "E1", "2025-01-06", "100"), 201);

        var (closed, open) = (await _platform.MonthAsync("E1", "2025-01"), await _platform.MonthAsync("E1", "2025-02"));

        Assert.Equal(("closed", "20.00", "25.00"), (closed.Text("status"), closed.MoneyText("payout"), closed.GetProperty("components")[0].MoneyText("incentive")));
        Assert.Equal(("open", "5.00", "5.00"), (open.Text("status"), open.MoneyText("adjustments"), open.MoneyText("payout")));
    }

    [Fact]
    public async Task An_unknown_period_and_an_unknown_rep_are_refused()
    {
        Assert.Equal("period_unknown", (await _platform.GetAsync($"/v1/reps/{await _platform.IdAsync("reps", "E1")}/live?period=1999")).Expect(422).Code);
        Assert.Equal("not_found", (await _platform.GetAsync("/v1/reps/rep_nobody/live")).Expect(404).Code);
    }
}
