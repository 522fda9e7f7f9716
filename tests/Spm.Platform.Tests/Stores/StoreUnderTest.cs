using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Stores;

/// <summary>An empty store of either kind with a table of its own: `item (tenant, no, name, amount)`, whose key is the first two.</summary>
internal sealed class StoreUnderTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spm-store-");

    private StoreUnderTest(string kind)
    {
        Address = kind == "postgres" ? PostgresServer.Required.Schema() : Path.Combine(_folder.FullName, "spm.db");
        Store = SpmStore.Open(Address);
    }

    /// <summary>What the store is opened with.</summary>
    public string Address { get; }

    public SpmStore Store { get; private set; }

    public static TheoryData<string> Kinds => new("sqlite", "postgres");

    public static async Task<StoreUnderTest> OpenAsync(string kind)
    {
        var store = new StoreUnderTest(kind);
        await store.Store.Writer.WriteAsync(s => s.Execute("create table item (tenant bigint not null, no bigint not null, name text, amount bigint, primary key (tenant, no))"));
        return store;
    }

    public void Reopen()
    {
        Store.Dispose();
        Store = SpmStore.Open(Address);
    }

    public List<(long No, string? Name, long? Amount)> Items() => Store.Read(s => s.Query(
        "select no, name, amount from item order by tenant, no", r => (r.GetInt64(0), r.IsDBNull(1) ? null : r.GetString(1), r.IsDBNull(2) ? (long?)null : r.GetInt64(2))));

    /// <summary>What is written falls into one commit: the writer is kept busy meanwhile. All of it has ended, well or not.</summary>
    public async Task<TTask[]> TogetherAsync<TTask>(Func<IEnumerable<TTask>> writes)
        where TTask : Task
    {
        using var begun = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        var first = Store.Writer.WriteAsync(_ =>
        {
            begun.Set();
            held.Wait();
        });
        begun.Wait();
        TTask[] all = [.. writes()];
        held.Set();
        await first;
        await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);
        return all;
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
