using System.Collections.Frozen;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation;

/// <summary>What rules ask about a directive, whether a schema or the document itself defines it.</summary>
/// <param name="Required">Names of the arguments that must be given, with their types.</param>
internal sealed record KnownDirective(
    IReadOnlyList<string> Locations, IReadOnlyList<string> Arguments, IReadOnlyList<(string Name, string Type)> Required, bool IsRepeatable);

/// <summary>The directives of the schema, or of the specification where there is none, and of the document.</summary>
internal sealed class KnownDirectives
{
    private static readonly FrozenDictionary<string, KnownDirective> Specified = BuiltInDirectives.All.ToFrozenDictionary(
        d => d.Name,
        d => new KnownDirective(
            [.. d.Locations.Select(l => l.Name())],
            [.. d.Arguments.Select(a => a.Name)],
            [.. d.Arguments.Where(a => a is { Type: NonNullTypeNode, DefaultValue: null }).Select(a => (a.Name, a.Type.ToString()))],
            d.IsRepeatable),
        StringComparer.Ordinal);

    private readonly Schema? _schema;
    private readonly Dictionary<string, KnownDirective> _defined = new(StringComparer.Ordinal);

    public KnownDirectives(DocumentNode document, Schema? schema)
    {
        _schema = schema;
        foreach (var directive in document.Definitions.OfType<DirectiveDefinitionNode>())
        {
            _defined[directive.Name.Value] = new KnownDirective(
                [.. directive.Locations.Select(l => l.Value)],
                [.. directive.Arguments.Select(a => a.Name.Value)],
                [
                    .. directive.Arguments.Where(a => a is { Type: NonNullTypeNode, DefaultValue: null })
                        .Select(a => (a.Name.Value, a.Type.ToString())),
                ],
                directive.Repeatable);
        }
    }

    /// <summary>Null when nobody defines it.</summary>
    public KnownDirective? Find(string name)
    {
        if (!_defined.TryGetValue(name, out var known))
        {
            known = _schema is null ? Specified.GetValueOrDefault(name) : Of(_schema.Directives[name]);
            if (known is not null)
            {
                _defined.Add(name, known);
            }
        }
        return known;
    }

    private static KnownDirective? Of(DirectiveType? directive) => directive is null ? null : new(
        [.. directive.Locations.Select(l => l.Name())],
        [.. directive.Arguments.Select(a => a.Name.Value)],
        [.. directive.Arguments.Where(a => a.IsRequired).Select(a => (a.Name.Value, a.Type.ToString()))],
        directive.IsRepeatable);
}
