namespace Spm.Bench.Reference;

/// <summary>Shares a range among threads in pieces, first come first served, so that a core that is slow for a while takes fewer.</summary>
internal static class Workers
{
    public const int Count = 2;

    /// <summary>Calls <paramref name="work"/> for pieces of <c>[0, length)</c> with the number of the thread; throws what it throws.</summary>
    public static void Share(int length, int piece, Action<int, int, int> work)
    {
        var next = 0L;
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = Count }, worker =>
        {
            for (long from; (from = Interlocked.Add(ref next, piece) - piece) < length;)
            {
                work(worker, (int)from, (int)Math.Min(length, from + piece));
            }
        });
    }
}
