using System.Globalization;
using Spm.GraphQL.Execution.Costs;
using Spm.GraphQL.Execution.Documents;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;
using Spm.GraphQL.Validation;

namespace Spm.GraphQL.Execution;

/// <summary>Makes requests ready: document, operation, limits, variables, cost, plan, in this order.</summary>
internal sealed class RequestPreparation(Schema schema, ExecutorOptions options)
{
    private readonly DocumentCache _documents = new(options.CachedDocuments, options.CachedBytes);

    public int CachedDocuments => _documents.Count;

    public PreparedRequest Prepare(GraphQLRequest request)
    {
        var tell = options.OpenSchema || request.IsTrusted;
        var (document, errors) = Document(request, tell);
        if (document is null)
        {
            return new PreparedRequest(request, errors);
        }
        var (operation, unknown) = document.Find(request.OperationName);
        if (operation is null)
        {
            return new PreparedRequest(request, unknown! with { Extensions = Codes.BadInput });
        }
        if (!request.IsTrusted && Refusal(operation.Shape) is { } tooMuch)
        {
            return new PreparedRequest(request, tooMuch);
        }
        var (variables, mistakes) = VariableCoercion.Coerce(schema, operation.Node.VariableDefinitions, request.Variables, tell);
        if (variables is null)
        {
            return new PreparedRequest(request, [.. mistakes.Select(m => m with { Extensions = Codes.BadInput })]);
        }
        var cost = operation.Cost.With(variables);
        if (!request.IsTrusted && cost > options.MaxCost)
        {
            return new PreparedRequest(request, TooDear(cost));
        }
        try
        {
            return new PreparedRequest(request, operation.PlanFor(variables), variables, cost);
        }
        catch (GraphQLException refused)
        {
            return new PreparedRequest(request, refused.Errors);
        }
    }

    private (PreparedDocument? Document, IReadOnlyCollection<GraphQLError> Errors) Document(GraphQLRequest request, bool tell)
    {
        var text = request.Document.Span;
        if (_documents.Find(text) is { } known)
        {
            return (known, []);
        }
        var (document, error) = Parser.TryParse(text, options.Parser);
        if (document is null)
        {
            return (null, [error! with { Extensions = Codes.Parse }]);
        }
        var errors = DocumentValidator.Validate(schema, document, options.Validation with { Suggest = options.Validation.Suggest && tell });
        if (!errors.IsEmpty)
        {
            return (null, [.. errors.Select(e => e with { Extensions = Codes.Validation })]);
        }
        try
        {
            var prepared = new PreparedDocument(schema, document, options.AssumedListSize);
            _documents.Add(text, prepared);
            return (prepared, []);
        }
        catch (InsufficientExecutionStackException)
        {
            return (null, [TooMuch("The document is nested too deeply through its fragments.")]);
        }
    }

    private GraphQLError? Refusal(OperationShape shape) =>
        shape.Depth > options.MaxDepth ? TooMuch($"The operation is {shape.Depth} fields deep; {options.MaxDepth} are allowed.")
        : shape.Fields > options.MaxFields ? TooMuch($"The operation has {shape.Fields} fields; {options.MaxFields} are allowed.")
        : shape.Aliases > options.MaxAliases ? TooMuch($"The operation has {shape.Aliases} aliases; {options.MaxAliases} are allowed.")
        : shape.AsksForSchema && !options.OpenSchema
            ? new GraphQLError("Introspection is not allowed.") { Extensions = Codes.Code("INTROSPECTION_DISABLED") }
        : null;

    private GraphQLError TooDear(double cost) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The operation may cost {cost}; {options.MaxCost} are allowed."))
        {
            Extensions = ImmutableDictionary<string, object?>.Empty
                .Add("code", "COST_EXCEEDED").Add("cost", double.IsFinite(cost) ? cost : null).Add("maxCost", options.MaxCost),
        };

    private static GraphQLError TooMuch(string message) => new(message) { Extensions = Codes.TooMuch };
}
