using System.Security.Claims;
using Spm.GraphQL.Execution.Plans;
using Spm.GraphQL.Execution.Running;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Resolvers;

/// <summary>What a resolver knows of its field and of the request.</summary>
public readonly struct ResolveContext
{
    private readonly Run _run;
    private readonly FieldPlan _field;

    internal ResolveContext(Run run, FieldPlan field, object? source, Arguments arguments)
    {
        _run = run;
        _field = field;
        Source = source;
        Arguments = arguments;
    }

    /// <summary>The object that this is a field of; at the root, what the request said.</summary>
    public object? Source { get; }

    public Arguments Arguments { get; }

    public FieldDefinition Field => _field.Definition;

    public ObjectType ParentType => _field.Parent;

    /// <summary>The field wherever the document asks for it under this name.</summary>
    public ImmutableArray<FieldNode> Nodes => _field.Nodes;

    public Schema Schema => _run.Schema;

    public RequestContext Request => _run.Request;

    public IServiceProvider Services => _run.Request.Services;

    public ClaimsPrincipal? User => _run.Request.User;

    public CancellationToken CancellationToken => _run.Request.CancellationToken;

    /// <summary>Where the field is in the response. To be read before anything is awaited.</summary>
    public IReadOnlyList<object> Path => _run.PathOf(_field);

    /// <summary>The same for a resolver that knows nothing of the first arguments.</summary>
    internal ResolveContext Shifted(int by) => new(_run, _field, Source, Arguments.Shifted(by));
}
