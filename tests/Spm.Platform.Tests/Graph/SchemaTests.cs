using Spm.GraphQL.Types;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Graph;

public sealed class SchemaTests : IAsyncLifetime
{
    private const string Committed = "openapi/schema.graphql";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task The_served_schema_is_the_committed_one()
    {
        var served = _platform.Service<Schema>().ToString().ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var committed = await File.ReadAllTextAsync(Architecture.Repository.At(Committed), TestContext.Current.CancellationToken);

        Assert.True(served == committed, $"The schema changed. Review the difference after: dotnet run --project src/Spm.Host -- schema {Committed}");
    }

    [Fact]
    public void Every_type_field_argument_and_value_is_described()
    {
        var schema = _platform.Service<Schema>();
        List<string> silent = [];
        foreach (var type in schema.Types.Where(t => !t.IsIntrospection))
        {
            Look($"{type.Name}", type.Description);
            foreach (var field in (type as FieldsType)?.Fields.AsEnumerable() ?? [])
            {
                Look($"{type.Name}.{field.Name}", field.Description);
                foreach (var argument in field.Arguments)
                {
                    Look($"{type.Name}.{field.Name}({argument.Name})", argument.Description);
                }
            }
            foreach (var field in (type as InputObjectType)?.Fields.AsEnumerable() ?? [])
            {
                Look($"{type.Name}.{field.Name}", field.Description);
            }
            foreach (var value in (type as EnumType)?.Values.AsEnumerable() ?? [])
            {
                Look($"{type.Name}.{value.Name}", value.Description);
            }
        }
        Assert.Equal("", string.Join(' ', silent));

        void Look(string what, string? description)
        {
            if (string.IsNullOrWhiteSpace(description))
            {
                silent.Add(what);
            }
        }
    }

    [Fact]
    public void Every_scalar_of_our_own_says_where_it_is_specified() =>
        Assert.DoesNotContain(
            _platform.Service<Schema>().Types.OfType<ScalarType>(), s => s.Name.Value is not ("String" or "Int" or "Float" or "Boolean" or "ID") && s.SpecifiedByUrl is null);

    [Fact]
    public void Amounts_and_percents_are_never_floats()
    {
        var floats = from type in _platform.Service<Schema>().Types.OfType<FieldsType>()
                     from field in type.Fields
                     where field.Type.ToString()!.TrimEnd('!') == "Float"
                     select $"{type.Name}.{field.Name}";
        Assert.Equal(["Import.progress"], floats);
    }
}
