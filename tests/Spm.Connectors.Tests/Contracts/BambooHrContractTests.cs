using System.Net;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Tests.BambooHr;

namespace Spm.Connectors.Tests.Contracts;

public sealed class BambooHrContractTests
{
    [Fact]
    public async Task What_is_asked_and_what_the_stub_answers_keeps_to_the_vendors_own_API_file()
    {
        await using var bench = await Bench.StartAsync(new BehindPrism(new BambooHrSubject(keepsToItsFile: true), "bamboohr/public.yaml"));
        var connection = await bench.OpenAsync();
        await connection.CheckAsync(CancellationToken.None);
        await connection.DiscoverAsync(CancellationToken.None);
        foreach (var stream in bench.Manifest.Streams.Select(s => s.Name))
        {
            bench.Vendor.Fill(stream, 12);
            var (all, failure) = await bench.ReadAsync(stream, null);
            Assert.Null(failure);
            Assert.Equal(bench.Vendor.Keys(stream).Order(), all.OfType<SourceRecord>().Select(r => r.Key).Order());
            string?[] touched = [bench.Vendor.Change(stream), bench.Vendor.Remove(stream)];
            var (later, refused) = await bench.ReadAsync(stream, all.OfType<Checkpoint>().Last());
            Assert.Null(refused);
            Assert.Subset(later.OfType<SourceRecord>().Select(r => r.Key).ToHashSet(), touched.OfType<string>().ToHashSet());
        }
        // What the file does not allow does not come through.
        using var http = new HttpClient { BaseAddress = bench.Vendor.Address };
        using var withoutSince = await http.GetAsync("/api/v1/employees/changed");
        Assert.NotEqual(HttpStatusCode.OK, withoutSince.StatusCode);
        Assert.Contains("prism/errors", await withoutSince.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
