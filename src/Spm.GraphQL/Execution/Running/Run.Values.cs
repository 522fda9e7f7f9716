using System.Collections;
using Spm.GraphQL.Execution.Plans;

namespace Spm.GraphQL.Execution.Running;

/// <content>Values and lists.</content>
internal sealed partial class Run
{
    /// <summary>Section 6.4.3: writes a field's value as its type says.</summary>
    private bool Complete(ValuePlan plan, FieldPlan field, object? value)
    {
        if (value is null || plan.WriteLeaf is not null)
        {
            return WriteValue(plan, field, value);
        }
        var start = _output.Length;
        _frames.Push(field.ResponseName, 0, plan.IsNonNull ? -1 : start);
        return Ended(plan, WriteComposite(plan, field, value), start);
    }

    /// <summary>The same of a list.</summary>
    private bool Complete(ValuePlan plan, FieldPlan field, ReadOnlySpan<object?> items)
    {
        var start = _output.Length;
        _frames.Push(field.ResponseName, 0, plan.IsNonNull ? -1 : start);
        return Ended(plan, WriteList(plan.Item!, field, items), start);
    }

    /// <summary>Writes a value whose frame, if it needs one, is there.</summary>
    private bool WriteValue(ValuePlan plan, FieldPlan field, object? value)
    {
        if (value is null)
        {
            return WriteNull(plan, field);
        }
        if (plan.WriteLeaf is not null)
        {
            plan.WriteLeaf(_output, value);
            return true;
        }
        return WriteComposite(plan, field, value);
    }

    private bool WriteComposite(ValuePlan plan, FieldPlan field, object value)
    {
        if (plan.Item is not null)
        {
            return WriteList(plan.Item, field, value);
        }
        var type = plan.Object is null ? RuntimeTypes.Of(plan.Type.Named, value, field, Schema) : RuntimeTypes.Checked(plan.Object, value);
        return WriteObject(plan.SelectionsOf(type), value);
    }

    private bool WriteNull(ValuePlan plan, FieldPlan field)
    {
        if (!plan.IsNonNull)
        {
            _output.Null();
            return true;
        }
        throw new GraphQLException(new GraphQLError($"Cannot return null for non-nullable field {field.Parent}.{field.Definition}."));
    }

    /// <summary>Goes one step up again, with null in the place of what has to be null when that is possible here.</summary>
    private bool Ended(ValuePlan plan, bool written, int start)
    {
        if (_frames.Top.Scope is { } scope)
        {
            scope.End = _output.Length;
        }
        _frames.Pop();
        if (written || plan.IsNonNull)
        {
            return written;
        }
        _segment.Rewind(start);
        _output.Null();
        return true;
    }

    private bool WriteList(ValuePlan item, FieldPlan field, object value)
    {
        _output.Byte((byte)'[');
        // An item's frame stands on the stack for all of them; only its index moves.
        _frames.Push(null, 0, -1);
        bool written;
        switch (value)
        {
            case object?[] items:
                written = WriteItems(item, field, items);
                break;
            case IList items:
                written = WriteItems(item, field, items);
                break;
            case IReadOnlyList<object?> items:
                written = WriteItems(item, field, items);
                break;
            case IEnumerable items and not string and not IReadOnlyDictionary<string, object?>:
                written = WriteItems(item, field, items);
                break;
            default:
                throw new GraphQLException(
                    new GraphQLError($"Expected Iterable, but did not find one for field \"{field.Parent}.{field.Definition}\"."));
        }
        _frames.Pop();
        _output.Byte((byte)']');
        return written;
    }

    private bool WriteList(ValuePlan item, FieldPlan field, ReadOnlySpan<object?> items)
    {
        _output.Byte((byte)'[');
        _frames.Push(null, 0, -1);
        var written = WriteItems(item, field, items);
        _frames.Pop();
        _output.Byte((byte)']');
        return written;
    }

    private bool WriteItems(ValuePlan item, FieldPlan field, ReadOnlySpan<object?> items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (!WriteItem(item, field, items[i], i))
            {
                return false;
            }
        }
        return true;
    }

    private bool WriteItems(ValuePlan item, FieldPlan field, IList items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (!WriteItem(item, field, items[i], i))
            {
                return false;
            }
        }
        return true;
    }

    private bool WriteItems(ValuePlan item, FieldPlan field, IReadOnlyList<object?> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (!WriteItem(item, field, items[i], i))
            {
                return false;
            }
        }
        return true;
    }

    private bool WriteItems(ValuePlan item, FieldPlan field, IEnumerable items)
    {
        var index = 0;
        foreach (var value in items)
        {
            if (!WriteItem(item, field, value, index++))
            {
                return false;
            }
        }
        return true;
    }

    private bool WriteItem(ValuePlan item, FieldPlan field, object? value, int index)
    {
        if (index >= Request.Options.MaxListItems)
        {
            throw new GraphQLException(
                new GraphQLError($"The list has more than {Request.Options.MaxListItems} items.") { Extensions = Codes.TooMuch });
        }
        if (index > 0)
        {
            _output.Byte((byte)',');
        }
        var start = _output.Length;
        var depth = _frames.Depth;
        ref var frame = ref _frames.Top;
        frame.Index = index;
        frame.Start = item.IsNonNull ? -1 : start;
        frame.Scope = null;
        bool written;
        try
        {
            written = value switch
            {
                null => WriteNull(item, field),
                Task<object?> { IsCompleted: false } pending => Leave(item, field, pending),
                Task<object?> done => WriteValue(item, field, done.GetAwaiter().GetResult()),
                _ => WriteValue(item, field, value),
            };
        }
        catch (Exception thrown) when (IsOfField(thrown))
        {
            _frames.Cut(depth);
            Report(thrown, field, _frames.Path(_prefix));
            written = false;
        }
        if (_frames.Top.Scope is { } scope)
        {
            scope.End = _output.Length;
        }
        if (written || item.IsNonNull)
        {
            return written;
        }
        _segment.Rewind(start);
        _output.Null();
        return true;
    }
}
