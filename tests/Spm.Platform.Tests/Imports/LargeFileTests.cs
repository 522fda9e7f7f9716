using System.Diagnostics;
using System.Net;
using System.Text;
using Spm.Platform.Tests.Support;
using static Spm.Platform.Tests.Imports.ImportSteps;

namespace Spm.Platform.Tests.Imports;

/// <summary>A file larger than any buffer. SPM_TEST_IMPORT_MB sets its size; the bounds are the same for any.</summary>
public sealed class LargeFileTests
{
    private static readonly int Megabytes = int.TryParse(Environment.GetEnvironmentVariable("SPM_TEST_IMPORT_MB"), out var size) ? size : 20;

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task A_large_file_streams_in_flat_memory_while_its_job_is_watched(string? key)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        GC.Collect();
        var (before, peak) = (Environment.WorkingSet, 0L);

        var file = new GeneratedFile(key is null ? Megabytes : 5);
        var id = (await platform.StartImportAsync("transactions", file, Csv, "", key)).Expect(202).Json.Field("id");
        var (progress, read, slowest) = (0.0, 0L, TimeSpan.Zero);
        await Until.TrueAsync(
            async () =>
            {
                var asked = Stopwatch.StartNew();
                var job = (await platform.GetAsync($"/v1/imports/{id}")).Expect(200).Json;
                slowest = asked.Elapsed > slowest ? asked.Elapsed : slowest;
                peak = Math.Max(peak, Environment.WorkingSet);
                Assert.True(job.GetProperty("progress").GetDouble() >= progress, "Progress goes back.");
                Assert.True(job.GetProperty("rows").GetProperty("read").GetInt64() >= read, "Rows that were read are not any more.");
                (progress, read) = (job.GetProperty("progress").GetDouble(), job.GetProperty("rows").GetProperty("read").GetInt64());
                return job.Field("status") is "succeeded" or "failed";
            },
            seconds: 600);

        var done = await platform.FinishedAsync(id);
        Assert.Equal($"read {file.Rows} = created {file.Rows} + corrected 0 + unchanged 0 + rejected 0", done.Counts());
        Assert.Equal(done.GetProperty("bytes").GetProperty("total").GetInt64(), done.GetProperty("bytes").GetProperty("read").GetInt64());
        Assert.True(slowest < TimeSpan.FromSeconds(5), $"A reader waited {slowest}.");
        Assert.True(peak - before < 700_000_000, $"The working set grew by {(peak - before) >> 20} MB.");
    }

    /// <summary>Written into the request row by row; its length is not known before.</summary>
    private sealed class GeneratedFile(int megabytes) : HttpContent
    {
        public int Rows { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            await writer.WriteAsync("external_id,kind,date,amount,currency,rep,product\n");
            var product = new string('p', 150);
            for (var written = 0L; written < megabytes * 1_000_000L;)
            {
                var row = $"L{++Rows},order,2025-{1 + (Rows % 12):00}-15,{Rows % 1000}.25,USD,{(Rows % 2 == 0 ? "E1" : "E2")},{product}\n";
                await writer.WriteAsync(row);
                written += row.Length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
