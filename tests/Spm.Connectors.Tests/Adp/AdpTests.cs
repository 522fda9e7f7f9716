using System.Text.Json;
using Spm.Connectors.Adp;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;

namespace Spm.Connectors.Tests.Adp;

public sealed class AdpTests
{
    [Fact]
    public async Task Lines_are_entries_of_a_batch_for_each_company_code_with_the_earning_code_of_the_company()
    {
        await using var bench = await Bench.StartAsync(new AdpSubject());
        var (vendor, sink) = await OpenAsync(bench);

        var outcome = await sink.WriteAsync(vendor.Batch, default);

        Assert.Equal(
            [new AdpEntry("B1", "000101", "COM", 1.10m), new AdpEntry("B1", "000102", "COM", 2.20m), new AdpEntry("B1", "000203", "COM", 3.30m), new AdpEntry("B1", "000203", "SPF", 0.07m)], vendor.Entries);
        Assert.Equal(vendor.Batch.Total, outcome.Total);
        Assert.All(outcome.Lines, l => Assert.Equal((LineState.Accepted, true), (l.State, l.Reference!.StartsWith("B1_", StringComparison.Ordinal))));
        Assert.Equal(2, vendor.Server.Requests.Count(r => r.Path.EndsWith("modify", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_payee_whom_ADP_refuses_is_refused_alone_and_the_batch_goes_without_them()
    {
        await using var bench = await Bench.StartAsync(new AdpSubject());
        var (vendor, sink) = await OpenAsync(bench);
        vendor.Refused.Add("000102");
        var batch = new WriteBatch("B1", [.. vendor.Batch.Lines, new("L5", "999999", new Money(5, "USD"), "2025-01", "commission"), new("L6", "000101", new Money(-5, "USD"), "2025-01", "commission")]);

        var outcome = await sink.WriteAsync(batch, default);

        var refused = outcome.Lines.Where(l => l.State == LineState.Rejected).ToDictionary(l => l.LineId, l => l.Detail!);
        Assert.Equal(["L2", "L5", "L6"], refused.Keys.Order());
        Assert.Contains("000102 is invalid", refused["L2"], StringComparison.Ordinal);
        Assert.Contains("999999", refused["L5"], StringComparison.Ordinal);
        Assert.Equal((4.47m, 4.47m), (outcome.Total.Amount, vendor.Entries.Sum(e => e.Amount)));
    }

    [Fact]
    public async Task A_payroll_that_is_not_open_takes_nothing_and_nobody_is_refused_for_it()
    {
        await using var bench = await Bench.StartAsync(new AdpSubject());
        var (vendor, sink) = await OpenAsync(bench);
        vendor.Closed = "You cannot successfully add a pay data batch unless the payroll cycle status is right. eventContext/payrollGroupCode";

        var outcome = await sink.WriteAsync(vendor.Batch, default);

        Assert.All(outcome.Lines, l => Assert.Equal(LineState.Absent, l.State));
        Assert.All(outcome.Lines, l => Assert.Contains("payroll cycle status", l.Detail, StringComparison.Ordinal));
        Assert.Equal(0, outcome.Total.Amount);
    }

    [Fact]
    public async Task After_a_batch_that_was_not_answered_no_other_is_begun()
    {
        await using var bench = await Bench.StartAsync(new AdpSubject());
        var (vendor, sink) = await OpenAsync(bench);
        // The token, the workers, and the first batch.
        vendor.Server.Fail(null, null, StubFault.LostAnswer);

        var outcome = await sink.WriteAsync(vendor.Batch, default);

        Assert.Equal(["L1", "L2"], outcome.Lines.Where(l => l.State == LineState.Unknown).Select(l => l.LineId));
        Assert.Equal(["L3", "L4"], outcome.Lines.Where(l => l.State == LineState.Absent).Select(l => l.LineId));
        Assert.Equal(2, vendor.Entries.Count);
        Assert.All((await sink.GetStatusAsync(vendor.Batch, default)).Lines, l => Assert.Contains("look there for a pay data batch whose name begins with B1", l.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_access_token_that_is_over_is_replaced_and_nothing_is_sent_twice()
    {
        await using var bench = await Bench.StartAsync(new AdpSubject());
        var (vendor, sink) = await OpenAsync(bench);
        vendor.Server.Fail(null, null, StubFault.Of(401));
        await sink.WriteAsync(vendor.Batch, default);
        Assert.Equal(4, vendor.Entries.Count);
        Assert.Equal(2, vendor.Server.Requests.Count(r => r.Path.EndsWith("token", StringComparison.Ordinal)));
    }

    private static async Task<(AdpVendor Vendor, ISink Sink)> OpenAsync(Bench bench) => ((AdpVendor)bench.Vendor, (ISink)await bench.OpenAsync());
}

/// <summary>What ADP's endpoints answer.</summary>
public sealed class AdpPayloadTests
{
    [Fact]
    public void What_was_recorded_is_added_up_and_the_batch_has_the_name_that_ADP_gave_it()
    {
        var answer = JsonSerializer.Deserialize<PayDataEvents>(Payload("pay-data-input.added.json"), AdpConnector.Json)!;
        Assert.Equal((1250.55m, "spm-2025-01_1621327383815"), (Mapping.Recorded(answer), Mapping.Reference(answer)));
    }

    [Fact]
    public void Workers_are_known_by_their_primary_assignment_and_a_number_that_two_share_is_nobodys()
    {
        var workers = JsonSerializer.Deserialize<WorkerPage>(Payload("workers.json"), AdpConnector.Json)!.Workers!;
        Assert.Equal("G3ZZ000000000001", new Workers(workers, "file_number").Find("004552")?.AssociateOid);
        Assert.Equal("G3ZZ000000000001", new Workers(workers, "worker_id").Find("ABC123")?.AssociateOid);
        Assert.Null(new Workers(workers, "file_number").Find("000777"));
        Assert.Contains("Several", new Workers(workers, "file_number").WhyNot("000777"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pay-data-input.refused.json", "004552 is invalid")]
    [InlineData("confirm-message.json", "already exists")]
    public void Both_shapes_of_a_refusal_are_read(string file, string said) => Assert.Contains(said, Refusal.Read(Payload(file)).Text, StringComparison.Ordinal);

    [Fact]
    public void A_page_that_is_no_JSON_says_nothing() => Assert.Empty(Refusal.Read("<html>maintenance</html>").Messages);

    private static string Payload(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Adp", "payloads", file));
}
