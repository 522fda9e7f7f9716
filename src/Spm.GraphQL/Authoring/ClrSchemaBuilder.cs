using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring;

/// <summary>
/// Makes a schema of a program: static classes with attributes are the roots and the fields beyond properties, records and classes are the
/// objects, and nullability is that of C#. Everything is looked at once; at run time nothing is reflected.
/// </summary>
public sealed class ClrSchemaBuilder
{
    private readonly List<Type> _classes = [];
    private readonly List<Type> _outputs = [];
    private readonly Dictionary<string, ScalarTypeConfig> _scalars = new(StringComparer.Ordinal);
    private IServiceProviderIsService? _services;
    private Func<Type, string?>? _typeNames;
    private Func<PropertyInfo, string?>? _fieldNames;

    /// <summary>Adds every class of an assembly that bears an attribute of this namespace.</summary>
    public ClrSchemaBuilder AddAssembly(Assembly assembly)
    {
        _classes.AddRange(assembly.GetTypes().Where(ClrSchemaTypes.IsAuthored).OrderBy(t => t.FullName, StringComparer.Ordinal));
        return this;
    }

    /// <summary>Adds classes that bear an attribute of this namespace, or objects that are reached through interfaces only.</summary>
    public ClrSchemaBuilder Add(params IEnumerable<Type> types)
    {
        foreach (var type in types)
        {
            (ClrSchemaTypes.IsAuthored(type) ? _classes : _outputs).Add(type);
        }
        return this;
    }

    /// <summary>Parameters of types that are services come from the request's services without further ado.</summary>
    public ClrSchemaBuilder KnowServices(IServiceProviderIsService services)
    {
        _services = services;
        return this;
    }

    /// <summary>What types are called in the schema; null for those that are called as in the program. Attributes say more.</summary>
    public ClrSchemaBuilder NameTypes(Func<Type, string?> naming)
    {
        _typeNames = naming;
        return this;
    }

    /// <summary>What the fields of properties are called; null for those that are called as in the program.</summary>
    public ClrSchemaBuilder NameFields(Func<PropertyInfo, string?> naming)
    {
        _fieldNames = naming;
        return this;
    }

    /// <summary>Takes these scalars instead of those of the same name, or besides them.</summary>
    public ClrSchemaBuilder UseScalars(params IEnumerable<ScalarTypeConfig> scalars)
    {
        foreach (var scalar in scalars)
        {
            _scalars[scalar.Name] = scalar;
        }
        return this;
    }

    /// <exception cref="GraphQLException">The schema breaks rules of the specification.</exception>
    /// <exception cref="NotSupportedException">A type of the program has no place in a schema.</exception>
    public Schema Build() => Schema.Create(Config());

    /// <summary>What <see cref="Build"/> makes a schema of, for whoever wants to change it before.</summary>
    public SchemaConfig Config()
    {
        var types = new ClrSchemaTypes(_classes, _services) { TypeNames = _typeNames, FieldNames = _fieldNames, Scalars = _scalars };
        var query = types.Root<QueryTypeAttribute>("Query");
        var mutation = types.Root<MutationTypeAttribute>("Mutation");
        var subscription = types.Root<SubscriptionTypeAttribute>("Subscription");
        _outputs.ForEach(t => types.Output(t));
        return new SchemaConfig { Query = query, Mutation = mutation, Subscription = subscription, Types = types.Complete() };
    }
}
