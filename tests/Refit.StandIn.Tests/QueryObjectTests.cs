using System.Text.Json.Serialization;

namespace Refit.StandIn.Tests;

public sealed class Filter
{
    public string? Name { get; set; }

    [AliasAs("min")]
    public int? Minimum { get; set; }

    [JsonPropertyName("owner_id")]
    public string? Owner { get; set; }

    [Query(Format = "yyyy-MM-dd")]
    public DateTime? Since { get; set; }

    public int[]? Ids { get; set; }

    [Query(CollectionFormat.Multi)]
    public string[]? Tags { get; set; }

    [Query(SerializeNull = true)]
    public string? Empty { get; set; }

    [JsonIgnore]
    public string? Hidden { get; set; }

    public Filter? Inner { get; set; }
}

public interface IQueryObjects
{
    [Get("/o/{key.Id}/{key.part}")]
    Task<string> Property(Key key);

    [Get("/object")]
    Task<string> Object(Filter filter);

    [Get("/object")]
    Task<string> Prefixed([Query("-", "f")] Filter filter);

    [Get("/map")]
    Task<string> Map(Dictionary<string, object> map);
}

/// <summary>Shapes that Refit needs its reflection package for.</summary>
public sealed class QueryObjectTests
{
#if UPSTREAM
    public static bool Available { get; } = File.Exists(Path.Combine(AppContext.BaseDirectory, "Refit.Reflection.dll"));
#else
    public static bool Available => true;
#endif

    private const string Missing = "Refit.Reflection is not at hand.";
    private readonly Wire _wire = new();

    private async Task Sends(string target, Func<IQueryObjects, Task> call, RefitSettings? settings = null)
    {
        await call(_wire.Client<IQueryObjects>(settings));
        Assert.Equal("/base" + target, _wire.Target);
    }

    [Fact(Skip = Missing, SkipUnless = nameof(Available))]
    public Task Properties_of_an_object_fill_placeholders_and_the_rest_is_query() =>
        Sends("/o/x%2Fy/3?Rest=r", c => c.Property(new Key { Id = "x/y", Section = 3, Rest = "r" }));

    [Fact(Skip = Missing, SkipUnless = nameof(Available))]
    public Task An_object_gives_one_parameter_a_property() => Sends(
        "/object?Name=n&min=1&owner_id=o&Since=2026-03-01&Ids=1%2C2&Tags=a&Tags=b&Empty=",
        c => c.Object(new Filter
        {
            Name = "n",
            Minimum = 1,
            Owner = "o",
            Since = new DateTime(2026, 3, 1),
            Ids = [1, 2],
            Tags = ["a", "b"],
            Hidden = "h",
        }));

    [Fact(Skip = Missing, SkipUnless = nameof(Available))]
    public Task Nested_objects_are_joined_with_a_point() =>
        Sends("/object?Empty=&Inner.min=2&Inner.Empty=", c => c.Object(new Filter { Inner = new Filter { Minimum = 2 } }));

    [Fact(Skip = Missing, SkipUnless = nameof(Available))]
    public Task A_prefix_stands_before_every_name() => Sends("/object?f-Name=n&f-Empty=", c => c.Prefixed(new Filter { Name = "n" }));

    [Fact(Skip = Missing, SkipUnless = nameof(Available))]
    public Task Dictionaries_are_objects() => Sends("/map?a=1&b%20c=x", c => c.Map(new() { ["a"] = 1, ["b c"] = "x" }));

    [Fact(Skip = Missing, SkipUnless = nameof(Available))]
    public Task A_key_formatter_writes_names() => Sends(
        "/object?name=n&min=1&empty=", c => c.Object(new Filter { Name = "n", Minimum = 1 }),
        new RefitSettings { UrlParameterKeyFormatter = new CamelCaseUrlParameterKeyFormatter() });
}
