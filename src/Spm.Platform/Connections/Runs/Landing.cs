using System.Diagnostics;
using System.Threading.Channels;
using Spm.Connectors.Hosting.Sync;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Where parts of a stream land on their way into the platform. A part is stored as it came, with its checkpoint, before the source is asked for the
/// next one, so a kill costs one page at most; and what has landed is taken in the order it came, as much at once as is there, while the source is
/// being read. A vendor's pages are small, and many records cost the platform little more at once than the few of one page.
/// </summary>
/// <param name="take">Takes parts of one stream that are of one full read, and runs the action in the commit that holds the last of them.</param>
internal sealed class Landing(SpmStore store, long connection, Func<IReadOnlyList<LandedPart>, Action<SqlSession>, Task> take) : IAsyncDisposable
{
    /// <summary>Records that are taken at once. Whoever else writes waits for them.</summary>
    private const int RecordsAtOnce = 4_000;

    /// <summary>Parts that may wait in memory: the source is not asked for more before one of them is taken.</summary>
    private const int PartsWaiting = 32;

    /// <summary>So long more is waited for where parts come quickly. Where they come slowly each is taken as it comes.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20);

    private readonly LandingRoom _room = new(Limits.LandedBytes);
    private Queue? _queue;
    private long _lastNo;
    private volatile bool _stopped;

    /// <summary>Stored when it completes.</summary>
    /// <param name="finish">Runs in the same commit.</param>
    public async Task LandAsync(StreamCommit commit, Action<SqlSession> finish)
    {
        var part = new LandedPart(_lastNo + 1, commit.Stream, commit.FullRead, commit.Records, commit.Quarantined);
        var body = part.Body();
        await RoomAsync(body.Length);
        await store.Writer.WriteAsync(session =>
        {
            LandingTable.Put(session, connection, part, body);
            finish(session);
        });
        _lastNo = part.No;
        await EnqueueAsync(part);
    }

    /// <summary>Takes what a run before has left. Comes first: what lands afterwards is numbered on from there.</summary>
    /// <param name="entityOf">What the records of a stream are; null of a stream that there is no more.</param>
    public async Task ResumeAsync(Func<string, Type?> entityOf, CancellationToken stop)
    {
        while (store.Read(s => LandingTable.Next(s, connection, _lastNo, entityOf)) is { } part)
        {
            stop.ThrowIfCancellationRequested();
            await RoomAsync(part.Body().Length);
            await EnqueueAsync(part);
            _lastNo = part.No;
        }
        await DrainAsync();
    }

    /// <summary>Completes once everything that has landed is taken.</summary>
    public async Task DrainAsync()
    {
        if (_queue is { } queue)
        {
            queue.Close();
            await queue.Taking;
            _queue = null;
        }
    }

    /// <summary>What is not taken stays where it landed.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopped = true;
        await DrainAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits until a part of this size may land. Nobody makes room any more where taking has failed, and that is told.</summary>
    private async Task RoomAsync(long bytes)
    {
        var room = _room.EnterAsync(bytes);
        if (_queue is { } queue && await Task.WhenAny(room, queue.Taking) == queue.Taking)
        {
            await queue.Taking;
        }
        await room;
    }

    private async Task EnqueueAsync(LandedPart part)
    {
        _queue ??= new Queue(TakeAsync);
        try
        {
            await _queue.Parts.Writer.WriteAsync(part);
        }
        catch (ChannelClosedException)
        {
            // What has failed is told, and not that nobody takes any more.
            await _queue.Taking;
            throw;
        }
    }

    private async Task TakeAsync(Queue queue)
    {
        for (var ended = 0L; await queue.Parts.Reader.WaitToReadAsync() && !_stopped; ended = Stopwatch.GetTimestamp())
        {
            if (Stopwatch.GetElapsedTime(ended) < Linger)
            {
                await Task.WhenAny(queue.Closed, Task.Delay(Linger));
            }
            var parts = Together(queue.Parts.Reader);
            await take(parts, session => LandingTable.Take(session, connection, parts[^1].No));
            _room.Leave(parts.Count);
        }
    }

    /// <summary>
    /// The parts that are next and can be taken as one. A record that comes again, or one beside rows that could not be read, is taken apart from what
    /// it follows: what becomes of it then does not depend on how much was there at once.
    /// </summary>
    private static List<LandedPart> Together(ChannelReader<LandedPart> waiting)
    {
        List<LandedPart> parts = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        while (waiting.TryPeek(out var next) && (parts.Count == 0 || Joins(next)) && waiting.TryRead(out next))
        {
            parts.Add(next);
            keys.UnionWith(next.Records.Select(r => r.Key));
        }
        return parts;

        bool Joins(LandedPart next) =>
            next.Stream == parts[0].Stream && next.FullRead == parts[0].FullRead && next.Invalid.Count == 0 && parts[0].Invalid.Count == 0
            && keys.Count + next.Records.Count <= RecordsAtOnce && !next.Records.Any(r => keys.Contains(r.Key));
    }

    /// <summary>Parts on their way from the one who reads to the one who takes.</summary>
    private sealed class Queue
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Queue(Func<Queue, Task> take) => Taking = Task.Run(async () =>
        {
            try
            {
                await take(this);
            }
            finally
            {
                Close();
            }
        });

        public Channel<LandedPart> Parts { get; } = Channel.CreateBounded<LandedPart>(new BoundedChannelOptions(PartsWaiting) { SingleWriter = true });

        /// <summary>Ends once everything is taken, or with what has failed.</summary>
        public Task Taking { get; }

        /// <summary>Nothing more comes.</summary>
        public Task Closed => _closed.Task;

        public void Close()
        {
            Parts.Writer.TryComplete();
            _closed.TrySetResult();
        }
    }
}
