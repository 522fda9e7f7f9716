using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Spm.GraphQL.Authoring;

/// <summary>Descriptions from attributes, else from the XML documentation that lies beside an assembly.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> _assemblies = [];

    public string? Of(Type type) => Attribute(type) ?? Summary(type.Assembly, "T:" + Name(type));

    public string? Of(MemberInfo member)
    {
        if (Attribute(member) is { } said)
        {
            return said;
        }
        var owner = member.DeclaringType!;
        return Summary(owner.Assembly, Id(member, owner)) ?? OfRecordParameter(member, owner);
    }

    public string? Of(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<GraphQLDescriptionAttribute>() is { } said)
        {
            return said.Description;
        }
        var owner = parameter.Member.DeclaringType!;
        // What a record is made of is documented with the record.
        return Parameter(owner, Id(parameter.Member, owner), parameter.Name) ?? (parameter.Member is ConstructorInfo ? Parameter(owner, "T:" + Name(owner), parameter.Name) : null);
    }

    private static string? Attribute(MemberInfo member) => member.GetCustomAttribute<GraphQLDescriptionAttribute>()?.Description;

    /// <summary>A property of a record is documented as a parameter of the record.</summary>
    private string? OfRecordParameter(MemberInfo member, Type owner) => Parameter(owner, "T:" + Name(owner), member.Name);

    private string? Parameter(Type owner, string id, string? name) =>
        Text(Member(owner.Assembly, id)?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == name));

    private string? Summary(Assembly assembly, string id) => Text(Member(assembly, id)?.Element("summary"));

    private XElement? Member(Assembly assembly, string id)
    {
        if (!_assemblies.TryGetValue(assembly, out var members))
        {
            members = Read(assembly);
            _assemblies.Add(assembly, members);
        }
        return members.GetValueOrDefault(id);
    }

    private static Dictionary<string, XElement> Read(Assembly assembly)
    {
        var path = string.IsNullOrEmpty(assembly.Location) ? null : Path.ChangeExtension(assembly.Location, ".xml");
        return path is null || !File.Exists(path)
            ? []
            : XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member").Where(m => m.Attribute("name") is not null)
                .DistinctBy(m => m.Attribute("name")!.Value).ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }
        var text = string.Concat(element.Nodes().Select(n => n switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "see" or "seealso" } see => (see.Attribute("cref")?.Value ?? see.Value).Split('.', ':')[^1],
            XElement { Name.LocalName: "paramref" } reference => reference.Attribute("name")?.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement other => other.Value,
            _ => "",
        }));
        text = Spaces().Replace(text, " ").Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Id(MemberInfo member, Type owner) => member switch
    {
        PropertyInfo => $"P:{Name(owner)}.{member.Name}",
        FieldInfo => $"F:{Name(owner)}.{member.Name}",
        MethodInfo method when method.GetParameters() is { Length: > 0 } parameters =>
            $"M:{Name(owner)}.{member.Name}({string.Join(",", parameters.Select(p => Parameter(p.ParameterType)))})",
        _ => $"M:{Name(owner)}.{member.Name}",
    };

    private static string Parameter(Type type) =>
        type.IsArray ? Parameter(type.GetElementType()!) + "[]"
        : type.IsGenericType
            ? $"{Name(type).Split('`')[0]}{{{string.Join(",", type.GetGenericArguments().Select(Parameter))}}}"
        : Name(type);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
