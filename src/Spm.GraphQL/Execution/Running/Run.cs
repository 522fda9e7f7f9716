using System.Runtime.CompilerServices;
using Spm.GraphQL.Execution.Plans;
using Spm.GraphQL.Json;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Execution.Running;

/// <summary>
/// One execution of an operation. Values are written as they are computed; what has to be null and cannot takes back what is around it.
/// A value that is not there yet leaves a gap and the rest goes on: see <see cref="RunLoop"/>. One thread at a time.
/// </summary>
internal sealed partial class Run : IDisposable
{
    private readonly OperationPlan _plan;
    private readonly IReadOnlyDictionary<string, object?> _variables;
    private readonly Frames _frames = new();
    private List<GraphQLError>? _errors;
    private Arguments?[] _arguments = [];
    private RunLoop? _loop;
    private Segment _segment;
    private JsonBuffer _output;
    private IReadOnlyList<object> _prefix = [];
    private Scope _outermost = new(null, 0);

    /// <summary>Bytes in segments other than the present one, save the first.</summary>
    private long _elsewhere;

    public Run(OperationPlan plan, IReadOnlyDictionary<string, object?> variables, RequestContext request, JsonBuffer output)
    {
        _plan = plan;
        _variables = variables;
        Request = request;
        _output = output;
        _segment = new Segment(output, output.Length);
        Data = _segment;
        Root = _outermost;
    }

    public OperationPlan Plan => _plan;

    public Schema Schema => _plan.Schema;

    public RequestContext Request { get; }

    /// <summary>What is written first; the whole when it has no gaps.</summary>
    public Segment Data { get; }

    /// <summary>Becomes null when the data does.</summary>
    public Scope Root { get; }

    public IReadOnlyList<GraphQLError> Errors => _errors ?? [];

    /// <summary>Gaps that are not filled, or things that have to happen before they are.</summary>
    public RunLoop Loop => _loop ??= new RunLoop(this);

    public bool HasLoop => _loop is not null;

    public List<object> PathOf(FieldPlan field)
    {
        var path = _frames.Path(_prefix);
        path.Add(field.ResponseName);
        return path;
    }

    /// <summary>Reports what keeps the operation from being executed.</summary>
    public void Report(IEnumerable<GraphQLError> errors) => (_errors ??= []).AddRange(errors);

    /// <summary>Reports what a field threw.</summary>
    public void Report(Exception thrown, FieldPlan field, IReadOnlyList<object> path)
    {
        foreach (var error in FieldErrors.Of(thrown, field, path, Request.Options))
        {
            if ((_errors ??= []).Count < Limits.FieldErrors)
            {
                _errors.Add(error);
            }
        }
    }

    /// <summary>Writes an object.</summary>
    /// <returns>False when it has to be null; then there is something to take back.</returns>
    public bool WriteObject(SelectionPlan selections, object? source)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Request.CancellationToken.ThrowIfCancellationRequested();
        var fields = selections.Fields;
        var depth = _frames.Depth;
        var (next, start) = (0, 0);
        if (_elsewhere + _output.Length > Request.Options.MaxResponseBytes)
        {
            throw new ResponseTooLong();
        }
        _output.Byte((byte)'{');
        while (next < fields.Length)
        {
            try
            {
                for (; next < fields.Length; next++)
                {
                    var field = fields[next];
                    _output.Raw(next == 0 ? field.FirstProperty : field.NextProperty);
                    start = _output.Length;
                    if (!WriteField(field, source))
                    {
                        return false;
                    }
                }
            }
            catch (Exception thrown) when (IsOfField(thrown))
            {
                _frames.Cut(depth);
                if (!Failed(fields[next++], thrown, start))
                {
                    return false;
                }
            }
        }
        _output.Byte((byte)'}');
        return true;
    }

    /// <summary>Writes one field of the root, for operations whose fields follow one another.</summary>
    public bool WriteRootField(FieldPlan field, object? source, bool first)
    {
        _output.Raw(first ? field.FirstProperty : field.NextProperty);
        var start = _output.Length;
        try
        {
            return WriteField(field, source);
        }
        catch (Exception thrown) when (IsOfField(thrown))
        {
            _frames.Cut(0);
            return Failed(field, thrown, start);
        }
    }

    public ResolveContext ContextOf(FieldPlan field, object? source) => new(this, field, source, ArgumentsOf(field));

    public void Dispose() => _frames.Dispose();

    /// <summary>Whether what was thrown is about one field, not about the whole request.</summary>
    private bool IsOfField(Exception thrown) => thrown is not ResponseTooLong && !Request.CancellationToken.IsCancellationRequested;

    private bool WriteField(FieldPlan field, object? source)
    {
        if (field.TypeName is not null)
        {
            _output.Raw(field.TypeName.Json.Span);
            return true;
        }
        if (field.Leaf is not null)
        {
            return field.Leaf(_output, source!) || WriteNull(field.Value, field);
        }
        var context = ContextOf(field, source);
        if (field.Items is { } items)
        {
            return Complete(field.Value, field, items(context));
        }
        if (field.Resolver.Sync is { } resolve)
        {
            return Complete(field.Value, field, resolve(context));
        }
        var pending = field.Resolver.Async!(context);
        return pending.IsCompleted ? Complete(field.Value, field, pending.Result) : Leave(field, pending.AsTask());
    }

    private Arguments ArgumentsOf(FieldPlan field)
    {
        var plan = field.Arguments;
        if (plan.Constant is not null)
        {
            return plan.Constant;
        }
        if (plan.Error is not null)
        {
            throw new GraphQLException(plan.Error);
        }
        if (plan.Slot >= _arguments.Length)
        {
            Array.Resize(ref _arguments, Math.Max(_plan.ArgumentSlots, plan.Slot + 1));
        }
        if (_arguments[plan.Slot] is { } known)
        {
            return known;
        }
        var (values, error) = plan.Coerce(_variables);
        return _arguments[plan.Slot] = values ?? throw new GraphQLException(error!);
    }

    /// <summary>Puts an error in the place of a field.</summary>
    private bool Failed(FieldPlan field, Exception thrown, int start)
    {
        Report(thrown, field, PathOf(field));
        _segment.Rewind(start);
        if (field.Value.IsNonNull)
        {
            return false;
        }
        _output.Null();
        return true;
    }

}
