using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Refit;

/// <summary>A path with its placeholders bound to parameters.</summary>
internal sealed partial class PathTemplate
{
    private readonly List<Piece> _pieces = [];

    /// <exception cref="ArgumentException">A placeholder has no parameter, or the path does not begin with a slash.</exception>
    public PathTemplate(string path, IReadOnlyList<ParameterInfo> parameters)
    {
        if (path.Length > 0 && path[0] != '/')
        {
            throw new ArgumentException($"URL path {path} must start with '/' and be of the form '/foo/bar/baz'");
        }
        if (path.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException("URL path must not contain CR or LF characters.");
        }
        Text = path;
        var at = 0;
        foreach (Match placeholder in Placeholder().Matches(path))
        {
            _pieces.Add(new Piece(path[at..placeholder.Index]));
            _pieces.Add(Bind(placeholder, path, parameters));
            at = placeholder.Index + placeholder.Length;
        }
        _pieces.Add(new Piece(path[at..]));
    }

    public string Text { get; }

    public bool Uses(int parameter) => _pieces.Any(p => p.Parameter == parameter && p.Chain.Count == 0);

    public IReadOnlySet<string> PropertiesOf(int parameter) =>
        _pieces.Where(p => p.Parameter == parameter && p.Chain.Count > 0).Select(p => p.Chain[0].Name).ToHashSet();

    public void Write(StringBuilder to, object?[] arguments, IReadOnlyList<ParameterPlan> parameters, RefitSettings settings)
    {
        foreach (var piece in _pieces)
        {
            if (piece.Parameter < 0)
            {
                to.Append(piece.Constant);
            }
            else
            {
                Write(to, piece, arguments[piece.Parameter], parameters[piece.Parameter].Info, settings);
            }
        }
    }

    private static void Write(StringBuilder to, Piece piece, object? value, ParameterInfo parameter, RefitSettings settings)
    {
        if (piece.RoundTrip)
        {
            var sections = (value?.ToString() ?? "").Split('/');
            to.AppendJoin('/', sections.Select(s =>
                Uri.EscapeDataString(settings.UrlParameterFormatter.Format(s, parameter, parameter.ParameterType) ?? "")));
            return;
        }
        foreach (var link in piece.Chain)
        {
            value = value is null ? null : link.GetValue(value);
        }
        var text = piece.Chain is [.., var last]
            ? settings.UrlParameterFormatter.Format(value, last, last.PropertyType)
            : settings.UrlParameterFormatter.Format(value, parameter, parameter.ParameterType);
        if (text is null && piece.Optional)
        {
            // The slash before it goes too, so that no path ends in one or has two in a row.
            to.Length -= to.Length > 0 && to[^1] == '/' ? 1 : 0;
            return;
        }
        to.Append(Uri.EscapeDataString(text ?? ""));
    }

    private static Piece Bind(Match placeholder, string path, IReadOnlyList<ParameterInfo> parameters)
    {
        var name = placeholder.Groups["name"].Value;
        var piece = new Piece("") { RoundTrip = placeholder.Groups["round"].Success, Optional = placeholder.Groups["optional"].Success };
        for (var i = 0; i < parameters.Count; i++)
        {
            if (Wire.NameOf(parameters[i]).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return piece with { Parameter = i };
            }
        }
        var links = name.Split('.');
        for (var i = 0; i < parameters.Count && links.Length > 1 && !piece.RoundTrip; i++)
        {
            if (parameters[i].Name!.Equals(links[0], StringComparison.OrdinalIgnoreCase)
                && Chain(parameters[i].ParameterType, links.AsSpan(1)) is { } chain)
            {
                return piece with { Parameter = i, Chain = chain };
            }
        }
        throw new ArgumentException($"URL {path} has parameter {name.ToLowerInvariant()}, but no method parameter matches");
    }

    private static List<PropertyInfo>? Chain(Type type, ReadOnlySpan<string> links)
    {
        List<PropertyInfo> chain = [];
        foreach (var link in links)
        {
            var found = link;
            var property = type.GetProperties().FirstOrDefault(p => Wire.NameOf(p).Equals(found, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                return null;
            }
            chain.Add(property);
            type = property.PropertyType;
        }
        return chain;
    }

    [GeneratedRegex(@"\{(?<round>\*\*)?(?<name>[^/?\r\n{}]+?)(?<optional>\?)?\}")]
    private static partial Regex Placeholder();

    /// <summary>A constant, or a parameter (0 or above) with the properties to go through.</summary>
    private sealed record Piece(string Constant)
    {
        public int Parameter { get; init; } = -1;

        public bool RoundTrip { get; init; }

        public bool Optional { get; init; }

        public IReadOnlyList<PropertyInfo> Chain { get; init; } = [];
    }
}
