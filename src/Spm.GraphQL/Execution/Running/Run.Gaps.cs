using Spm.GraphQL.Execution.Plans;
using Spm.GraphQL.Json;

namespace Spm.GraphQL.Execution.Running;

/// <content>Values that come later.</content>
internal sealed partial class Run
{
    /// <summary>Fills a gap.</summary>
    public void Fill(PendingField gap)
    {
        if (gap.Scope.IsGone)
        {
            return;
        }
        var before = (_segment, _output, _prefix, _outermost);
        gap.Value = _segment = new Segment(new JsonBuffer());
        (_output, _prefix, _outermost) = (_segment.Json, gap.Prefix, gap.Scope);
        try
        {
            if (!Filled(gap))
            {
                gap.Scope.Null();
            }
        }
        finally
        {
            _elsewhere += _output.Length;
            (_segment, _output, _prefix, _outermost) = before;
        }
    }

    private bool Filled(PendingField gap)
    {
        _frames.Cut(0);
        _frames.Push(gap.Name, gap.Index, gap.Plan.IsNonNull ? -1 : 0);
        var written = false;
        try
        {
            written = WriteValue(gap.Plan, gap.Field, gap.Result());
        }
        catch (Exception thrown) when (IsOfField(thrown))
        {
            _frames.Cut(1);
            Report(thrown, gap.Field, _frames.Path(_prefix));
        }
        return Ended(gap.Plan, written, 0);
    }

    /// <summary>Leaves a gap for a value that is not there yet.</summary>
    private bool Leave(FieldPlan field, Task<object?> pending) =>
        Leave(new PendingField(field, field.Value, pending, _output.Length, _frames.Scope(_segment, _outermost))
        {
            Prefix = _frames.Path(_prefix),
            Name = field.ResponseName,
        });

    /// <summary>Leaves a gap for an item, whose frame is there already.</summary>
    private bool Leave(ValuePlan item, FieldPlan field, Task<object?> pending)
    {
        var path = _frames.Path(_prefix);
        path.RemoveAt(path.Count - 1);
        return Leave(new PendingField(field, item, pending, _output.Length, _frames.Scope(_segment, _outermost))
        {
            Prefix = path,
            Index = _frames.Top.Index,
        });
    }

    private bool Leave(PendingField gap)
    {
        _segment.Add(gap);
        Loop.Wait(gap);
        return true;
    }
}
