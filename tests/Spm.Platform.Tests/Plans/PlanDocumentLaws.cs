using System.Globalization;
using System.Text.Json;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
using Spm.Platform.Tests.Architecture;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Plans;

/// <summary>
/// What the engine pays for the tests that stand in plan documents, the platform pays for the same plan, reps, quotas and transactions sent
/// through its doors: every document of the samples, every one of its tests that a feed can say.
/// </summary>
public sealed class PlanDocumentLaws(PlanDocumentLaws.OnePlatform one) : IClassFixture<PlanDocumentLaws.OnePlatform>
{
    private static readonly string[] Kinds = [.. Enum.GetValues<TransactionKind>().Select(k => WireNames.Of(k))];

    public static TheoryData<string> Files => [.. Paths.Select(Path.GetFileName).OfType<string>()];

    private static IEnumerable<string> Paths =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "plans"), "*.plan.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_platform_pays_what_the_tests_of_the_document_say(string file)
    {
        var text = await File.ReadAllTextAsync(Paths.Single(p => Path.GetFileName(p) == file));
        var document = PlanReader.Read(text, new DocErrors())!;
        foreach (var test in document.Tests.Where(t => CanBeSent(document.Rules, t)))
        {
            await using var tenant = await one.NewTenantAsync();
            await SendAsync(tenant, text, document.Rules, test);
            await CompareAsync(tenant, document.Rules, test);
        }
    }

    [Fact]
    public void Most_tests_of_the_samples_can_be_sent()
    {
        var all = Paths.Select(p => PlanReader.Read(File.ReadAllText(p), new DocErrors())!).SelectMany(d => d.Tests.Select(t => CanBeSent(d.Rules, t))).ToList();
        Assert.True(all.Count(sent => sent) * 4 >= all.Count * 3, $"{all.Count(sent => sent)} of {all.Count}");
    }

    /// <summary>Left out: what the platform has no door for, or a feed would say otherwise.</summary>
    private static bool CanBeSent(PlanRules plan, PlanTest test) =>
        !EarningsUpTheLine.AreCounted(plan) && plan.Versions.SelectMany(v => v.Measures).All(m => m.Kinds?.All(Kinds.Contains) ?? true) && test.Calendar.Years.All(y => y.Months.Count <= FiscalYearPattern.MaxMonths) && test.Adjustments.Values.All(a => a.Count == 0)
        && test.Reps.All(r => (r.Territory is null || plan.Versions.All(v => v.NeedsGroups)) && test.Credits[r.Id].All(line => CanBeSent(r, line)));

    private static bool CanBeSent(RepProfile rep, CreditLine line) =>
        line.Share == 1m && line.Currency is null && line.Account is null && line.Territory is null && Kinds.Contains(line.Kind)
        && (line.Amount >= 0m || line.Kind == DealNews.Refund)
        && (rep.HiredOn is not { } hired || line.Date >= hired) && (rep.LeftOn is not { } left || line.Date < left)
        && new[] { line.Amount, line.Quantity, line.Margin ?? 0m }.All(n => n == decimal.Round(n, 4));

    private static async Task SendAsync(TestPlatform platform, string document, PlanRules plan, PlanTest test)
    {
        (await platform.PutAsync("/v1/company", $$"""{"name":"Acme","currency":"{{plan.Currency.Code}}"}""")).Expect(200);
        foreach (var year in test.Calendar.Years)
        {
            var months = year.Months.Select(m => new { from = m.Period.From, quarter = m.Quarter.Id[^1] - '0' });
            (await platform.PutAsync($"/v1/calendar/years/{year.Id}", Json(new { months, end = year.Period.To }))).Expect(200);
        }
        await platform.Client.Setup.PutPlanAsync("plans", "plan", document);
        foreach (var rep in test.Reps.OrderBy(r => r.Manager is not null))
        {
            (await platform.PutAsync($"/v1/reps/hris/{rep.Id}", Json(Rep(rep)))).Expect(201);
            (await platform.PutAsync($"/v1/reps/hris/below-{rep.Id}", Json(new { name = "below", manager = rep.Id }))).Expect(201);
            (await platform.PutAsync($"/v1/territories/crm/{rep.Id}", Json(new { name = rep.Id, reps = new[] { new { rep = rep.Id, role = "overlay", percent = 100 } } }))).Expect(201);
            var quotas = test.Quotas[rep.Id];
            foreach (var (measure, period, amount) in quotas.Book.All)
            {
                (await platform.PutAsync("/v1/quotas", Json(new { rep = rep.Id, measure = Measure(plan, measure), period, amount = Text(amount) }))).Expect(201);
            }
            foreach (var quota in quotas.Dated)
            {
                (await platform.PutAsync("/v1/quotas", Json(new { rep = rep.Id, measure = Measure(plan, quota.Measure), period = quota.Period, from = quota.From, amount = Text(quota.Amount) }))).Expect(201);
            }
        }
        foreach (var territory in test.Reps.Where(r => r.Territory is not null).GroupBy(r => r.Territory!))
        {
            (await platform.PutAsync($"/v1/territories/crm/{territory.Key}", Json(new { name = territory.Key, reps = Owners([.. territory.Select(r => r.Id)]) }))).Expect(201);
        }
        var rows = test.Reps.SelectMany(rep => test.Credits[rep.Id].Select(line => Json(Transaction(plan, rep, line)))).ToList();
        var job = await platform.ImportAsync("transactions", string.Join('\n', rows), "application/x-ndjson");
        Assert.Equal($"read {rows.Count} = created {rows.Count} + corrected 0 + unchanged 0 + rejected 0", job.Counts());
    }

    /// <summary>Once all months are closed all of them have begun, as in a test of a document.</summary>
    private static async Task CompareAsync(TestPlatform platform, PlanRules plan, PlanTest test)
    {
        foreach (var month in test.Calendar.Months)
        {
            (await platform.PostAsync($"/v1/periods/{month.Id}/close")).Expect(200);
        }
        var runs = PlanTestRunner.Calculate(plan, test);
        foreach (var rep in test.Reps)
        {
            var live = (await platform.GetAsync($"/v1/reps/{await platform.IdAsync("reps", rep.Id)}/live")).Expect(200).Json;
            var months = live.GetProperty("periods").EnumerateArray().ToDictionary(m => m.Text("period"));
            foreach (var expected in runs[rep.Id].Months)
            {
                var actual = months[expected.Month.Id];
                Assert.Equal((expected.Month.Id, expected.DueMinor / Minor(plan)), (expected.Month.Id, actual.Money("incentives")));
                Assert.Equal(0m, actual.Money("adjustments"));
                var lines = expected.Lines.Where(l => l.Kind != PayLineKind.Incentive).Select(l => (WireNames.Of(l.Kind), l.Component)).ToHashSet();
                Assert.Subset(lines, actual.GetProperty("lines").EnumerateArray().Select(l => (l.Text("line"), l.GetProperty("component").GetString())).ToHashSet());
            }
        }
        await platform.BalancesAsync();
    }

    /// <summary>In parts of whole percents that sum to 100.</summary>
    private static object[] Owners(string[] reps) =>
        [.. reps.Select((rep, i) => new { rep, role = "owner", percent = (100 / reps.Length) + (i == 0 ? 100 % reps.Length : 0) })];

    private static object Rep(RepProfile rep) => new
    {
        name = rep.Id,
        title = rep.Title,
        plan = "plan",
        manager = rep.Manager,
        hired_on = rep.HiredOn,
        left_on = rep.LeftOn,
        target_incentive = rep.TargetIncentive is { } target ? Text(target) : null,
        base_salary = rep.BaseSalary is { } salary ? Text(salary) : null,
        leave = rep.Leave.Select(l => new { from = l.Range.From, to = l.Range.To, effect = WireNames.Of(l.Effect) }),
        scores = rep.Scores.Select(s => new { goal = s.Key.Goal, period = s.Key.Period, percent = Text(s.Value) }),
        facts = Facts(rep.Facts),
    };

    private static object Transaction(PlanRules plan, RepProfile rep, CreditLine line) => new
    {
        source = "crm",
        external_id = Id(rep, line.Transaction),
        deal = line.Deal == line.Transaction ? null : Id(rep, line.Deal),
        kind = line.Kind,
        date = line.Date,
        amount = Text(Math.Abs(line.Amount)),
        currency = plan.Currency.Code,
        quantity = Text(Math.Abs(line.Quantity)),
        margin = line.Margin is { } margin ? Text(line.Kind == DealNews.Refund ? -margin : margin) : null,
        product = line.Product,
        facts = Facts(line.Facts),
        rep = line.Credit switch { CreditSources.Direct => rep.Id, CreditSources.RollUp => $"below-{rep.Id}", _ => null },
        territory = line.Credit == CreditSources.Overlay ? rep.Id : null,
        house = line.Credit == CreditSources.Overlay ? "true" : null,
    };

    private static string Id(RepProfile rep, string transaction) => $"{rep.Id}/{transaction}";

    private static Dictionary<string, object>? Facts(FactSet facts) => facts.All.Any() ? facts.All.ToDictionary(f => f.Key, f => f.Value) : null;

    private static string Measure(PlanRules plan, int no) => plan.MeasureNos.Single(m => m.Value == no).Key;

    private static decimal Minor(PlanRules plan) => new Compensation.Amounts.Money(1m, plan.Currency).ToMinor();

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Json(object value) =>
        JsonSerializer.Serialize(value, new JsonSerializerOptions { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull });

    /// <summary>All tests on one platform, each as a tenant of its own.</summary>
    public sealed class OnePlatform : IAsyncLifetime
    {
        private TestPlatform _platform = null!;
        private int _tenants;

        public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");

        public Task<TestPlatform> NewTenantAsync() => _platform.NewTenantAsync($"tenant-{Interlocked.Increment(ref _tenants)}");

        public ValueTask DisposeAsync() => _platform.DisposeAsync();
    }
}
