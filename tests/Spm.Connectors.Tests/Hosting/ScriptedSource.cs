namespace Spm.Connectors.Tests.Hosting;

/// <summary>A connection that says what a test wants, stream by stream.</summary>
internal sealed class ScriptedSource : IConnection, ISource
{
    public Dictionary<string, Func<Checkpoint?, IEnumerable<SourceMessage>>> Streams { get; } = [];

    public Dictionary<string, DiscoveredField[]> Fields { get; } = [];

    public List<ReadRequest> Reads { get; } = [];

    public static SourceRecord Deal(string key, int second = 0) => SourceRecord.Of(
        key, DateTimeOffset.UnixEpoch.AddSeconds(second), new Opportunity { Name = key, Status = OpportunityStatus.Won });

    public static StreamManifest Stream(string name, bool ordered = true, DeleteDetection deletes = DeleteDetection.None) => new()
    {
        Name = name,
        Entity = "opportunity",
        PrimaryKey = ["id"],
        Cursor = new CursorManifest("at", TimeSpan.Zero),
        Deletes = deletes,
        Ordered = ordered,
        Stability = Stability.Stable,
    };

    public Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new CheckedAccount("1", "one"));

    public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DiscoveredStream>>(
        [.. Streams.Keys.Select(s => new DiscoveredStream(s, Fields.GetValueOrDefault(s, [new DiscoveredField("id", "string")])))]);

    public async IAsyncEnumerable<SourceMessage> ReadAsync(
        ReadRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Reads.Add(request);
        await Task.Yield();
        foreach (var message in Streams[request.Stream](request.From))
        {
            yield return message;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
