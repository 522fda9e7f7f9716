using System.Buffers;

namespace Spm.GraphQL.Execution.Running;

/// <summary>A step of the way from the beginning of a segment to the value that is written.</summary>
internal struct Frame
{
    /// <summary>The response name of a field; null of an item.</summary>
    public string? Name;

    /// <summary>The position of an item.</summary>
    public int Index;

    /// <summary>Where the value begins when it may become null; else -1.</summary>
    public int Start;

    /// <summary>Made when something within is not known yet.</summary>
    public Scope? Scope;
}

/// <summary>The steps down to the value that is written.</summary>
internal sealed class Frames : IDisposable
{
    private Frame[] _frames = ArrayPool<Frame>.Shared.Rent(32);

    public int Depth { get; private set; }

    public ref Frame Top => ref _frames[Depth - 1];

    public void Push(string? name, int index, int start)
    {
        if (Depth == _frames.Length)
        {
            var larger = ArrayPool<Frame>.Shared.Rent(Depth * 2);
            _frames.CopyTo(larger, 0);
            ArrayPool<Frame>.Shared.Return(_frames, clearArray: true);
            _frames = larger;
        }
        ref var frame = ref _frames[Depth++];
        frame.Name = name;
        frame.Index = index;
        frame.Start = start;
        frame.Scope = null;
    }

    public void Pop() => Depth--;

    /// <summary>Forgets the steps below.</summary>
    public void Cut(int depth) => Depth = depth;

    /// <summary>The steps as a path, behind those before the segment.</summary>
    public List<object> Path(IReadOnlyList<object> prefix)
    {
        List<object> path = new(prefix.Count + Depth + 1);
        path.AddRange(prefix);
        for (var i = 0; i < Depth; i++)
        {
            path.Add(_frames[i].Name ?? (object)_frames[i].Index);
        }
        return path;
    }

    /// <summary>What becomes null when something here has to be and cannot: the innermost value that may be null.</summary>
    public Scope Scope(Segment segment, Scope outermost)
    {
        for (var i = 0; i < Depth; i++)
        {
            ref var frame = ref _frames[i];
            if (frame.Start >= 0)
            {
                outermost = frame.Scope ??= segment.Open(outermost, frame.Start);
            }
        }
        return outermost;
    }

    public void Dispose() => ArrayPool<Frame>.Shared.Return(_frames, clearArray: true);
}
