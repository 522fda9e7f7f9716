using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Conformance.Xunit;
using Spm.Connectors.PayrollCsv;

namespace Spm.Connectors.Tests.PayrollCsv;

public sealed class PayrollCsvConformance() : ConnectorConformance(new PayrollCsvSubject());

public sealed class PayrollCsvTests
{
    [Fact]
    public async Task A_file_that_payroll_has_taken_away_is_not_written_again_and_new_lines_come_in_another()
    {
        await using var bench = await Bench.StartAsync(new PayrollCsvSubject());
        var (vendor, sink) = ((PayrollCsvSubject.Payroll)bench.Vendor, (ISink)await bench.OpenAsync());
        await sink.WriteAsync(vendor.Batch, default);
        File.Delete(Path.Combine(vendor.Folder, "payouts-B1-1.csv"));

        var more = new WriteBatch("B1", [.. vendor.Batch.Lines, new PayoutLine("L9", "E9", new Money(9.99m, "USD"), "2025-01", "commission")]);
        var outcome = await sink.WriteAsync(more, default);

        Assert.Equal(["payouts-B1-2.csv"], Directory.GetFiles(vendor.Folder).Select(Path.GetFileName));
        Assert.Equal(more.Total, outcome.Total);
        Assert.Equal(["payouts-B1-1.csv", "payouts-B1-2.csv"], outcome.Lines.Select(l => l.Reference).Distinct());
    }

    [Fact]
    public async Task A_file_whose_appearing_was_cut_off_appears_at_the_next_look_and_one_that_was_only_prepared_counts_for_nothing()
    {
        await using var bench = await Bench.StartAsync(new PayrollCsvSubject());
        var (vendor, sink) = ((PayrollCsvSubject.Payroll)bench.Vendor, (ISink)await bench.OpenAsync());
        await sink.WriteAsync(vendor.Batch, default);
        // As it stands between the copy and the rename.
        File.Move(Path.Combine(vendor.Folder, "payouts-B1-1.csv"), Path.Combine(vendor.Folder, ".payouts-B1-1.csv.part"));

        var status = await sink.GetStatusAsync(vendor.Batch, default);

        Assert.True(File.Exists(Path.Combine(vendor.Folder, "payouts-B1-1.csv")));
        Assert.All(status.Lines, l => Assert.Equal(LineState.Accepted, l.State));
        File.WriteAllText(Path.Combine(vendor.Folder, ".payouts-B2-1.csv.part"), "line_id");
        status = await sink.GetStatusAsync(new WriteBatch("B2", vendor.Batch.Lines), default);
        Assert.All(status.Lines, l => Assert.Equal(LineState.Absent, l.State));
    }
}

/// <summary>A payroll that looks into its folder.</summary>
public sealed class PayrollCsvSubject : Subject
{
    public override ConnectorManifest Manifest { get; } = ManifestReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "PayrollCsv", ManifestReader.FileName));

    public override JsonElement Configuration => JsonDocument.Parse("{}").RootElement;

    public override IConnector Create() => new PayrollCsvConnector();

    public override Task<IVendor> StartVendorAsync() => Task.FromResult<IVendor>(new Payroll());

    internal sealed class Payroll : IPayrollVendor
    {
        public StubServer? Server => null;

        public string DropFolder { get; } = Directory.CreateTempSubdirectory("spm-payroll-").FullName;

        public string Folder => Path.Combine(DropFolder, "payroll");

        public WriteBatch Batch { get; } = new(
            "B1", [.. Enumerable.Range(1, 3).Select(i => new PayoutLine($"L{i}", i == 1 ? Texts.Unicode : $"E{i}", new Money(i * 1.10m, "USD"), "2025-01", "commission"))]);

        public IReadOnlyList<(string LineId, decimal Amount)> Taken => !Directory.Exists(Folder) ? [] :
        [
            .. Directory.GetFiles(Folder, "payouts-*.csv").SelectMany(f => File.ReadAllLines(f).Where(l => l.Length > 1 && l[0] == 'L')).Select(l => (l.Split(',')[0], Batch.Lines.First(b => b.Id == l.Split(',')[0]).Amount.Amount)),
        ];

        public void Fill(string stream, int count) => throw new NotSupportedException("Payroll is not read.");

        public IReadOnlyCollection<string> Keys(string stream) => [];

        public string? Change(string stream) => null;

        public string? Remove(string stream) => null;

        public WebhookRequest? Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets) => null;

        public ValueTask DisposeAsync()
        {
            Directory.Delete(DropFolder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
