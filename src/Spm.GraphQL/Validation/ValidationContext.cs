using System.Runtime.CompilerServices;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation;

/// <summary>What the rules of one run share: the document, the schema, the place, and the errors.</summary>
public sealed class ValidationContext
{
    private readonly ImmutableArray<GraphQLError>.Builder _errors = ImmutableArray.CreateBuilder<GraphQLError>();
    private readonly Schema? _schema;
    private readonly int _maxErrors;
    private int _budget = Limits.FragmentSteps;

    internal ValidationContext(DocumentNode document, Schema? schema, bool suggest, int maxErrors)
    {
        Document = document;
        _schema = schema;
        Suggest = suggest;
        _maxErrors = maxErrors;
        Types = schema is null ? null : new TypeInfo(schema);
        Fragments = new FragmentGraph(this);
        Usages = new VariableUsages(this);
        Directives = new KnownDirectives(document, schema);
    }

    public DocumentNode Document { get; }

    /// <summary>Whether errors may name what the schema has instead.</summary>
    public bool Suggest { get; }

    /// <summary>Only where documents are validated, not definitions of a schema.</summary>
    public Schema Schema => _schema ?? throw new InvalidOperationException("Definitions are validated without a schema.");

    /// <summary>Null where definitions of a schema are validated.</summary>
    public TypeInfo? Types { get; }

    public FragmentGraph Fragments { get; }

    public VariableUsages Usages { get; }

    internal KnownDirectives Directives { get; }

    internal ImmutableArray<GraphQLError> Errors => _errors.ToImmutable();

    /// <summary>The nodes around the one that is entered, the document first.</summary>
    public List<SyntaxNode> Ancestors { get; } = [];

    internal Schema? SchemaOrNull => _schema;

    public void Report(string message, params ReadOnlySpan<SyntaxNode?> nodes) => Report(GraphQLError.At(message, nodes));

    public void Report(GraphQLError error)
    {
        if (_errors.Count >= _maxErrors)
        {
            Abort("Too many validation errors, error limit reached. Validation aborted.");
        }
        _errors.Add(error.Bounded());
    }

    /// <summary>Ends the run with a last error.</summary>
    internal void Abort(string reason)
    {
        _errors.Add(new GraphQLError(reason));
        throw new ValidationAborted();
    }

    /// <summary>Accounts for following fragments.</summary>
    internal void Spend(int steps)
    {
        _budget -= steps;
        if (_budget < 0)
        {
            Abort("Following the fragments of the document takes too long. Validation aborted.");
        }
    }

    /// <summary>Called by what recurses through fragments, whose chains the parser does not bound.</summary>
    internal void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Abort("The document is nested too deeply through its fragments. Validation aborted.");
        }
    }

    internal string DidYouMean(string name, IEnumerable<string> options) =>
        Suggest ? Suggestions.DidYouMean(Suggestions.For(name, options)) : "";
}
