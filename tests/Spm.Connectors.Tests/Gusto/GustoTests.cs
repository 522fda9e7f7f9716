using System.Text.Json;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Gusto;

namespace Spm.Connectors.Tests.Gusto;

public sealed class GustoTests
{
    [Fact]
    public async Task Lines_of_one_employee_are_one_amount_and_the_note_on_the_pay_stub_bears_the_batch()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (vendor, sink) = await OpenAsync(bench);

        var outcome = await sink.WriteAsync(vendor.Batch, default);

        var payroll = Assert.Single(vendor.Payrolls);
        Assert.Equal((new DateOnly(2025, 1, 1), new DateOnly(2025, 1, 31), false), (payroll.From, payroll.To, payroll.Processed));
        Assert.Equal([1.10m, 2.20m, 3.37m], payroll.Employees.Values.Select(e => GustoVendor.Amount(e, "Commission")));
        Assert.All(payroll.Employees.Values, e => Assert.Equal("Commission B1", (string)e["memo"]!));
        Assert.All(outcome.Lines, l => Assert.Equal((LineState.Accepted, payroll.Id), (l.State, l.Reference)));
        Assert.Equal(vendor.Batch.Total, outcome.Total);
    }

    [Fact]
    public async Task A_payroll_of_our_own_is_calculated_and_submitted_and_pays_then()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject(submits: true));
        var (vendor, sink) = await OpenAsync(bench);
        vendor.Slowness = 3;

        var outcome = await sink.WriteAsync(vendor.Batch, default);

        Assert.True(Assert.Single(vendor.Payrolls).Processed);
        Assert.All(outcome.Lines, l => Assert.Equal(LineState.Applied, l.State));
        Assert.Equal(vendor.Batch.Total, outcome.Total);
    }

    [Fact]
    public async Task A_calculation_that_fails_is_told_with_Gustos_reason_and_goes_on_once_it_is_mended()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject(submits: true));
        var (vendor, sink) = await OpenAsync(bench);
        vendor.CalculationError = "Company must have a verified bank account.";

        var failure = HttpFailure.Of(await Assert.ThrowsAnyAsync<Exception>(() => sink.WriteAsync(vendor.Batch, default)));
        Assert.Equal(ErrorKind.Config, failure.Kind);
        Assert.Contains("verified bank account", failure.Message, StringComparison.Ordinal);
        Assert.All((await sink.GetStatusAsync(vendor.Batch, default)).Lines, l => Assert.Equal(LineState.Absent, l.State));

        vendor.CalculationError = null;
        Assert.All((await sink.WriteAsync(vendor.Batch, default)).Lines, l => Assert.Equal(LineState.Applied, l.State));
        Assert.Single(vendor.Payrolls);
    }

    [Fact]
    public async Task A_line_that_cannot_be_paid_is_refused_alone_with_its_reason_and_a_preview_says_so_before()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (vendor, sink) = await OpenAsync(bench);
        var batch = new WriteBatch("B2",
        [
            .. vendor.Batch.Lines, new("L5", "nobody@acme.example", new Money(5, "USD"), "2025-01", "commission"), new("L6", "e1@acme.example", new Money(-5, "USD"), "2025-01", "commission"),
            new("L7", "e1@acme.example", new Money(0.001m, "USD"), "2025-01", "commission"),
        ]);

        foreach (var outcome in (WriteOutcome[])[await sink.PreviewAsync(batch, default), await sink.WriteAsync(batch, default)])
        {
            var refused = outcome.Lines.Where(l => l.State == LineState.Rejected).ToDictionary(l => l.LineId, l => l.Detail!);
            Assert.Equal(["L5", "L6", "L7"], refused.Keys.Order());
            Assert.Contains("nobody@acme.example", refused["L5"], StringComparison.Ordinal);
            Assert.Contains("-5.00", refused["L6"], StringComparison.Ordinal);
            Assert.Equal(vendor.Batch.Total, outcome.Total);
        }
        Assert.Equal(1.10m, GustoVendor.Amount(vendor.Payrolls[0].Employees[GustoVendor.Id(1)], "Commission"));
    }

    [Fact]
    public async Task An_earning_code_that_the_payroll_does_not_have_is_refused_and_what_it_has_is_named()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (_, sink) = await OpenAsync(bench);
        var outcome = await sink.WriteAsync(new WriteBatch("B3", [new("L1", "e1@acme.example", new Money(1, "USD"), "2025-01", "SPIFF")]), default);
        Assert.Contains("Bonus, Commission", Assert.Single(outcome.Lines, l => l.State == LineState.Rejected).Detail, StringComparison.Ordinal);
        Assert.Equal(0, outcome.Total.Amount);
    }

    [Fact]
    public async Task Somebody_who_comes_in_between_is_seen_by_the_version_and_the_amount_is_put_on_what_is_there_now()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (vendor, sink) = await OpenAsync(bench);
        vendor.Meanwhile = employee => GustoVendor.Put(employee, "Bonus", "100.00");

        var outcome = await sink.WriteAsync(vendor.Batch, default);

        Assert.All(outcome.Lines, l => Assert.Equal(LineState.Accepted, l.State));
        Assert.All(Assert.Single(vendor.Payrolls).Employees.Values, e => Assert.Equal(100, GustoVendor.Amount(e, "Bonus")));
        Assert.Equal(3, vendor.Taken.Select(t => t.LineId).Distinct().Count(l => l != "L4"));
    }

    [Theory]
    [InlineData("regular", "500.00")]
    [InlineData("off_cycle", "1.10")]
    public async Task An_amount_that_somebody_else_has_put_is_never_replaced_and_never_taken_for_ours(string payroll, string amount)
    {
        await using var bench = await Bench.StartAsync(new GustoSubject(payroll: payroll));
        var (vendor, sink) = await OpenAsync(bench);
        vendor.AddRegular(DateOnly.FromDateTime(DateTime.UtcNow.AddDays(30)));
        vendor.Meanwhile = employee =>
        {
            if ((string)employee["employee_uuid"]! == GustoVendor.Id(1))
            {
                GustoVendor.Put(employee, "Commission", amount);
            }
        };
        var batch = Now(vendor.Batch);

        var outcome = await sink.WriteAsync(batch, default);

        var refused = Assert.Single(outcome.Lines, l => l.State == LineState.Rejected);
        Assert.Equal("L1", refused.LineId);
        Assert.Contains($"has {amount} as Commission", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(batch.Total.Amount - 1.10m, outcome.Total.Amount);
        var there = vendor.Payrolls.Single(p => p.Employees.Values.Any(e => (string?)e["memo"] is not null)).Employees[GustoVendor.Id(1)];
        Assert.Equal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), GustoVendor.Amount(there, "Commission"));
    }

    [Fact]
    public async Task An_amount_of_ours_that_somebody_has_changed_is_told_and_holds_the_batch_up()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (vendor, sink) = await OpenAsync(bench);
        await sink.WriteAsync(vendor.Batch, default);
        GustoVendor.Put(vendor.Payrolls[0].Employees[GustoVendor.Id(1)], "Commission", "9.99");

        foreach (var asked in (Func<Task>[])[() => sink.GetStatusAsync(vendor.Batch, default), () => sink.WriteAsync(vendor.Batch, default)])
        {
            var failure = HttpFailure.Of(await Assert.ThrowsAnyAsync<Exception>(asked));
            Assert.Equal(ErrorKind.Conflict, failure.Kind);
            Assert.Contains("9.99", failure.Message, StringComparison.Ordinal);
        }
        Assert.Equal(9.99m, GustoVendor.Amount(vendor.Payrolls[0].Employees[GustoVendor.Id(1)], "Commission"));
    }

    [Fact]
    public async Task An_amount_of_ours_whose_note_somebody_has_taken_away_is_not_put_again_and_not_taken_for_somebody_elses()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (vendor, sink) = await OpenAsync(bench);
        await sink.WriteAsync(vendor.Batch, default);
        var employee = vendor.Payrolls[0].Employees[GustoVendor.Id(1)];
        employee["memo"] = null;

        var failure = HttpFailure.Of(await Assert.ThrowsAnyAsync<Exception>(() => sink.WriteAsync(vendor.Batch, default)));
        Assert.Equal(ErrorKind.Conflict, failure.Kind);
        Assert.Contains("'Commission B1'", failure.Message, StringComparison.Ordinal);

        employee["memo"] = "Commission B1";
        Assert.Equal(vendor.Batch.Total, (await sink.WriteAsync(vendor.Batch, default)).Total);
    }

    [Fact]
    public async Task Another_batch_of_the_same_month_has_a_payroll_of_its_own()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (vendor, sink) = await OpenAsync(bench);
        await sink.WriteAsync(vendor.Batch, default);
        await sink.WriteAsync(new WriteBatch("B2", vendor.Batch.Lines), default);
        Assert.Equal(2, vendor.Payrolls.Count);
        Assert.All(vendor.Payrolls, p => Assert.Equal([1.10m, 2.20m, 3.37m], p.Employees.Values.Select(e => GustoVendor.Amount(e, "Commission"))));
    }

    [Fact]
    public async Task The_next_regular_payroll_that_is_open_takes_the_batch_and_it_is_found_there_after_somebody_has_run_it()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject(payroll: "regular"));
        var (vendor, sink) = await OpenAsync(bench);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        vendor.AddRegular(today.AddDays(-10), processed: true);
        var next = vendor.AddRegular(today.AddDays(10));
        vendor.AddRegular(today.AddDays(24));
        var batch = Now(vendor.Batch);

        Assert.All((await sink.WriteAsync(batch, default)).Lines, l => Assert.Equal((LineState.Accepted, next.Id), (l.State, l.Reference)));
        next.Processed = true;
        Assert.All((await sink.GetStatusAsync(batch, default)).Lines, l => Assert.Equal((LineState.Applied, next.Id), (l.State, l.Reference)));
        Assert.All((await sink.WriteAsync(batch, default)).Lines, l => Assert.Equal(LineState.Applied, l.State));
        Assert.Equal(3, vendor.Payrolls.Sum(p => p.Employees.Values.Count(e => e["memo"] is not null)));
    }

    [Fact]
    public async Task More_than_a_hundred_employees_go_in_parts_and_each_is_put_once_though_an_answer_in_between_was_lost()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (vendor, sink) = await OpenAsync(bench);
        vendor.Employees.Clear();
        for (var i = 1; i <= 250; i++)
        {
            vendor.Employees[GustoVendor.Id(i)] = ($"r{i}@acme.example", $"Rep {i}");
        }
        var batch = new WriteBatch("B9", [.. Enumerable.Range(1, 250).Select(i => new PayoutLine($"L{i}", $"r{i}@acme.example", new Money(i / 100m, "USD"), "2025-01", "commission"))]);
        // As the first part is put: the answer to the second will be lost.
        var isFirst = true;
        vendor.Meanwhile = _ =>
        {
            if (isFirst)
            {
                vendor.Server.Fail(StubFault.LostAnswer);
            }
            isFirst = false;
        };

        var failure = HttpFailure.Of(await Assert.ThrowsAnyAsync<Exception>(() => sink.WriteAsync(batch, default)));
        Assert.Equal(ErrorKind.Transient, failure.Kind);
        var status = await sink.GetStatusAsync(batch, default);
        Assert.True(status.Lines.Count(l => l.State == LineState.Accepted) is > 0 and < 250, "It was not cut off in between.");

        var outcome = await sink.WriteAsync(new WriteBatch("B9", [.. batch.Lines.Where(l => status.Lines.Single(s => s.LineId == l.Id).State == LineState.Absent)]), default);
        Assert.All(outcome.Lines, l => Assert.Equal(LineState.Accepted, l.State));
        Assert.Equal(batch.Total, (await sink.GetStatusAsync(batch, default)).Total);
        Assert.Equal(batch.Total.Amount, Assert.Single(vendor.Payrolls).Employees.Values.Sum(e => GustoVendor.Amount(e, "Commission")));
    }

    [Fact]
    public async Task A_line_of_somebody_who_is_not_known_any_more_is_unknown_where_the_payroll_has_somebody_of_the_batch_who_is_not()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (vendor, sink) = await OpenAsync(bench);
        await sink.WriteAsync(vendor.Batch, default);
        vendor.Employees[GustoVendor.Id(1)] = ("married@acme.example", "Ada");
        var status = await sink.GetStatusAsync(vendor.Batch, default);
        Assert.Equal(LineState.Unknown, status.Lines.Single(l => l.LineId == "L1").State);
        Assert.All(status.Lines.Where(l => l.LineId != "L1"), l => Assert.Equal(LineState.Accepted, l.State));
    }

    [Fact]
    public async Task An_access_token_that_is_over_is_replaced_once_and_the_call_sent_again()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject());
        var (vendor, sink) = await OpenAsync(bench);
        await ((IConnection)sink).CheckAsync(default);
        vendor.Server.Fail(StubFault.Of(401));
        await ((IConnection)sink).CheckAsync(default);
        Assert.Equal(2, bench.Rotating.Replaced);
    }

    [Fact]
    public async Task A_regular_payroll_is_not_submitted_by_us()
    {
        await using var bench = await Bench.StartAsync(new GustoSubject(submits: true, payroll: "regular"));
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => bench.OpenAsync());
        Assert.Equal((ErrorKind.Config, "/submit"), (failure.Kind, failure.Field));
    }

    private static WriteBatch Now(WriteBatch batch) => new(batch.Id, [.. batch.Lines.Select(l => l with { Period = DateTime.UtcNow.AddMonths(-1).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture) })]);

    private static async Task<(GustoVendor Vendor, ISink Sink)> OpenAsync(Bench bench) => ((GustoVendor)bench.Vendor, (ISink)await bench.OpenAsync());
}

/// <summary>Payrolls as Gusto tells them.</summary>
public sealed class GustoPayloadTests
{
    [Fact]
    public void A_prepared_payroll_is_read_with_versions_amounts_and_kinds_of_pay()
    {
        var payroll = Read("payroll.prepared.json");
        Assert.Equal(("7a1c0f4e-2f0b-4f53-9c0e-1d2b3c4d5e6f", false, null), (payroll.Id, payroll.Processed, payroll.CalculatedAt));
        Assert.Equal(new PayPeriod(new DateOnly(2025, 1, 1), new DateOnly(2025, 1, 31)), payroll.PayPeriod);
        Assert.Equal(["Bonus", "Commission", "Reimbursement"], payroll.FixedCompensationTypes!.Select(t => t.Name));
        var (first, second) = (payroll.EmployeeCompensations![0], payroll.EmployeeCompensations[1]);
        Assert.Equal(("19274a2f0c3d", 150m, 0m), (first.Version, Placed.Amount(first, "bonus"), Placed.Amount(first, "Commission")));
        Assert.Equal("Thanks for January B1", Placed.Memo(first, "B1"));
        Assert.False(Placed.Bears(first with { Memo = "Commission B12" }, "B1"));
        Assert.True(second.Excluded);
    }

    [Fact]
    public void A_payroll_that_failed_says_why() =>
        Assert.Equal("Company must have a verified bank account.", GustoFailure.Text(Read("payroll.failed.json").ProcessingRequest!.Errors));

    private static Payroll Read(string file) =>
        JsonSerializer.Deserialize<Payroll>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Gusto", "payloads", file)), GustoConnector.Json)!;
}
