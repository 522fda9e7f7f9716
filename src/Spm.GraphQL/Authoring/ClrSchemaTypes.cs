using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring;

/// <summary>The types that a schema gets, each made when something first refers to it. For one schema.</summary>
internal sealed class ClrSchemaTypes
{
    private static readonly ImmutableArray<Type> RootAttributes =
        [typeof(QueryTypeAttribute), typeof(MutationTypeAttribute), typeof(SubscriptionTypeAttribute)];

    private readonly Dictionary<string, TypeConfig> _configs = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _outputs = [];
    private readonly Dictionary<Type, string> _inputs = [];
    private readonly Queue<Action> _open = new();
    private readonly IReadOnlyList<Type> _classes;

    /// <param name="classes">Those that bear attributes.</param>
    /// <param name="services">Knows which parameters are services; null when nobody does.</param>
    public ClrSchemaTypes(IReadOnlyList<Type> classes, IServiceProviderIsService? services)
    {
        _classes = classes;
        Services = services;
        Fields = new ClrFields(this);
    }

    /// <summary>What types are called in the schema; null, and where it says null, as in the program.</summary>
    public Func<Type, string?>? TypeNames { get; init; }

    /// <summary>The same for properties.</summary>
    public Func<PropertyInfo, string?>? FieldNames { get; init; }

    /// <summary>Scalars of the program's own, by their names: they write their values themselves.</summary>
    public IReadOnlyDictionary<string, ScalarTypeConfig> Scalars { get; init; } = ImmutableDictionary<string, ScalarTypeConfig>.Empty;

    public IServiceProviderIsService? Services { get; }

    public XmlDocs Docs { get; } = new();

    public NullabilityInfoContext Nullability { get; } = new();

    public ClrFields Fields { get; }

    public static bool IsAuthored(Type type) =>
        type.IsClass && type.GetCustomAttributes().Any(a => RootAttributes.Contains(a.GetType()) || Extended(a) is not null);

    /// <summary>Makes a root of the classes that bear the attribute; null when there are none.</summary>
    public string? Root<TAttribute>(string name)
        where TAttribute : Attribute
    {
        var classes = _classes.Where(c => c.IsDefined(typeof(TAttribute), false)).ToArray();
        if (classes.Length == 0)
        {
            return null;
        }
        _open.Enqueue(() => Add(new ObjectTypeConfig { Name = name, Fields = [.. classes.SelectMany(c => Fields.OfMethods(c, name))] }));
        return name;
    }

    /// <summary>All types, once everything that they refer to is there.</summary>
    public IReadOnlyList<TypeConfig> Complete()
    {
        while (_open.TryDequeue(out var make))
        {
            make();
        }
        // Only now every interface is known.
        return [.. _configs.Values.Select(Implementing)];
    }

    /// <summary>Puts a type of that name into the schema unless it is there. Types may refer to one another in circles.</summary>
    public string Ensure(string name, Func<TypeConfig> make)
    {
        if (_configs.TryAdd(name, Placeholder))
        {
            _open.Enqueue(() => _configs[name] = make());
        }
        return name;
    }

    /// <summary>The name of the type that values of a .NET type have in responses.</summary>
    public string Output(Type type) => Leaf(type) ?? Known(_outputs, type, NameOf(type), name => type switch
    {
        _ when type.IsDefined(typeof(UnionTypeAttribute), false) => new UnionTypeConfig
        {
            Name = name,
            Description = Docs.Of(type),
            ClrType = type,
            Types = [.. Implementations(type)],
            ResolveType = RuntimeName,
        },
        _ when type.IsInterface || type.IsAbstract => new InterfaceTypeConfig
        {
            Name = name,
            Description = Docs.Of(type),
            ClrType = type,
            Fields = Fields.OfObject(type, []),
            ResolveType = RuntimeName,
            Metadata = Implemented(type),
        },
        _ => new ObjectTypeConfig
        {
            Name = name,
            Description = Docs.Of(type),
            ClrType = type,
            Fields = Fields.OfObject(type, [.. _classes.Where(c => c.GetCustomAttributes().Any(a => Extended(a) == type))]),
        },
    });

    /// <summary>The name of the type that values of a .NET type have in arguments.</summary>
    public string Input(Type type) => Leaf(type) ?? Known(_inputs, type, InputNameOf(type), name => ClrInputs.Of(this, type, name));

    /// <summary>Whether values of a type are leaves that only a scalar of the program's own can write.</summary>
    public bool WritesItself(Type type) => ClrLeaves.ScalarOf(Nullable.GetUnderlyingType(type) ?? type) is { } scalar && Scalars.ContainsKey(scalar);

    /// <summary>What a type is called.</summary>
    public string NameOf(Type type) => ClrNames.Type(type, TypeNames);

    /// <summary>What the field of a property is called.</summary>
    public string NameOf(PropertyInfo property) => FieldNames?.Invoke(property) ?? ClrNames.Field(property);

    private string InputNameOf(Type type) =>
        NameOf(type) is var name && name.EndsWith("Input", StringComparison.Ordinal) ? name : name + "Input";

    /// <summary>The name of the object that a value is; null when it is none of the schema.</summary>
    public string? RuntimeName(object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (_outputs.TryGetValue(type, out var name) && !type.IsAbstract)
            {
                return name;
            }
        }
        return null;
    }

    private static TypeConfig Placeholder { get; } = new ScalarTypeConfig { Name = "Placeholder" };

    /// <summary>The type that a class adds fields to.</summary>
    private static Type? Extended(Attribute attribute) =>
        attribute.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ObjectTypeAttribute<>)
            ? type.GetGenericArguments()[0]
            : null;

    private string Known(Dictionary<Type, string> known, Type type, string name, Func<string, TypeConfig> make)
    {
        if (!known.TryGetValue(type, out var found))
        {
            if (type.IsPrimitive || type == typeof(object) || type.IsPointer || type.IsGenericParameter)
            {
                throw new NotSupportedException($"{type} has no place in a schema.");
            }
            known.Add(type, found = name);
            Ensure(name, () => make(name));
        }
        return found;
    }

    private TypeConfig Implementing(TypeConfig config) => config switch
    {
        ObjectTypeConfig { ClrType: { } type } made when _outputs.ContainsKey(type) => made with { Interfaces = Interfaces(type) },
        InterfaceTypeConfig { ClrType: { } type } made when _outputs.ContainsKey(type) => made with { Interfaces = Interfaces(type) },
        _ => config,
    };

    private void Add(TypeConfig config) => _configs[config.Name] = config;

    private string? Leaf(Type type)
    {
        if (type.IsEnum)
        {
            return Ensure(NameOf(type), () => Enum(type));
        }
        var name = ClrLeaves.ScalarOf(type);
        if (name is not null && (Scalars.GetValueOrDefault(name) ?? ClrScalars.All.FirstOrDefault(s => s.Name == name)) is { } scalar)
        {
            Ensure(name, () => scalar);
        }
        return name;
    }

    private EnumTypeConfig Enum(Type type) => new()
    {
        Name = NameOf(type),
        Description = Docs.Of(type),
        ClrType = type,
        Values =
        [
            .. type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => !f.IsDefined(typeof(GraphQLIgnoreAttribute)))
                .Select(f => new EnumValueConfig
                {
                    Name = ClrNames.EnumValue(f),
                    Description = Docs.Of(f),
                    DeprecationReason = ClrFields.Deprecation(f),
                    Value = f.GetValue(null),
                }),
        ],
    };

    /// <summary>The interfaces of the schema that a type implements; an abstract class is one of them.</summary>
    private IReadOnlyList<string> Interfaces(Type type) =>
    [
        .. type.GetInterfaces().Concat(Bases(type)).Where(i => _outputs.ContainsKey(i) && !i.IsDefined(typeof(UnionTypeAttribute), false))
            .Select(Output),
    ];

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            if (above.IsAbstract)
            {
                yield return above;
            }
        }
    }

    private IReadOnlyDictionary<string, object?> Implemented(Type type)
    {
        Implementations(type);
        return ImmutableDictionary<string, object?>.Empty;
    }

    private IReadOnlyList<string> Implementations(Type type) =>
    [
        .. type.Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(type))
            .OrderBy(t => t.Name, StringComparer.Ordinal).Select(Output),
    ];
}
