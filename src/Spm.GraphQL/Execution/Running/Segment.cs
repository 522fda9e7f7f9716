using Spm.GraphQL.Json;

namespace Spm.GraphQL.Execution.Running;

/// <summary>A value that may turn out to be null while what is within it is still being computed.</summary>
/// <param name="start">Where the value begins in its segment.</param>
/// <param name="gaps">How many gaps the segment had when it was opened.</param>
internal sealed class Scope(Scope? parent, int start, int gaps = 0)
{
    public int Start { get; } = start;

    public int Gaps { get; } = gaps;

    /// <summary>Where it ends, exclusively; known when the value is written.</summary>
    public int End { get; set; }

    public bool IsNull { get; private set; }

    /// <summary>Whether the value, or one around it, is null: nothing within counts any more.</summary>
    public bool IsGone => IsNull || parent?.IsGone == true;

    public void Null() => IsNull = true;
}

/// <summary>A value that is not known yet: a gap in a segment, which a segment of its own fills.</summary>
/// <param name="offset">Where the value belongs.</param>
/// <param name="scope">What becomes null when the value has to be and cannot.</param>
internal abstract class Gap(int offset, Scope scope)
{
    public int Offset { get; } = offset;

    public Scope Scope { get; } = scope;

    /// <summary>The value, once it is written.</summary>
    public Segment? Value { get; set; }
}

/// <summary>JSON that was written in one go, with gaps where values come later.</summary>
internal sealed class Segment(JsonBuffer json, int start = 0) : IDisposable
{
    // Most have neither.
    private List<Gap>? _gaps;
    private List<Scope>? _scopes;

    public JsonBuffer Json { get; } = json;

    /// <summary>Where the segment's own value begins.</summary>
    public int Start { get; } = start;

    public bool HasGaps => _gaps is { Count: > 0 };

    public void Add(Gap gap) => (_gaps ??= []).Add(gap);

    public Scope Open(Scope parent, int start)
    {
        var scope = new Scope(parent, start, _gaps?.Count ?? 0);
        (_scopes ??= []).Add(scope);
        return scope;
    }

    /// <summary>Takes back what was written from a position on. What is within can only be among the last gaps and scopes.</summary>
    public void Rewind(int position)
    {
        Json.Length = position;
        if (_gaps is null)
        {
            return;
        }
        var kept = _gaps.Count;
        while (kept > 0 && _gaps[kept - 1].Offset >= position)
        {
            kept--;
        }
        if (kept == _gaps.Count)
        {
            return;
        }
        _gaps.RemoveRange(kept, _gaps.Count - kept);
        for (var i = (_scopes?.Count ?? 0) - 1; i >= 0 && _scopes![i].Gaps >= kept; i--)
        {
            if (_scopes[i].Start >= position)
            {
                _scopes[i].Null();
                _scopes.RemoveAt(i);
            }
        }
    }

    /// <summary>Writes the segment with its gaps filled and its nulls in their places.</summary>
    public void WriteTo(JsonBuffer output)
    {
        var cursor = Start;
        var (gap, scope, gaps, scopes) = (0, 0, _gaps ?? [], _scopes ?? []);
        // Both are in the order of their places, save that a scope is made with the first gap within, so outer ones come first.
        scopes.Sort((a, b) => a.Start.CompareTo(b.Start));
        while (gap < gaps.Count || scope < scopes.Count)
        {
            if (scope < scopes.Count && (gap == gaps.Count || scopes[scope].Start <= gaps[gap].Offset))
            {
                var nulled = scopes[scope++];
                if (nulled.IsNull && nulled.Start >= cursor)
                {
                    output.Raw(Json.Written[cursor..nulled.Start]);
                    output.Null();
                    cursor = nulled.End;
                }
            }
            else
            {
                var filled = gaps[gap++];
                if (filled.Offset >= cursor)
                {
                    output.Raw(Json.Written[cursor..filled.Offset]);
                    filled.Value!.WriteTo(output);
                    cursor = filled.Offset;
                }
            }
        }
        output.Raw(Json.Written[cursor..]);
    }

    public void Dispose()
    {
        Json.Dispose();
        foreach (var gap in _gaps ?? [])
        {
            gap.Value?.Dispose();
        }
    }
}
