using System.Runtime.Serialization;

namespace Refit.StandIn.Tests;

public enum Order
{
    [EnumMember(Value = "new-first")]
    NewFirst,
    OldFirst,
}

public sealed class Key
{
    public string Id { get; set; } = "";

    [AliasAs("part")]
    public int Section { get; set; }

    public string? Rest { get; set; }
}

public interface IPaths
{
    [Get("/plain")]
    Task<string> Plain();

    [Get("/deals/{id}/lines/{Number}")]
    Task<string> Two(string id, int number);

    [Get("/deals/{deal-id}")]
    Task<string> Alias([AliasAs("deal-id")] string id);

    [Get("/files/{**path}")]
    Task<string> RoundTrip(string path);

    [Get("/a/{id?}/b")]
    Task<string> Optional(string? id);

    [Get("/fixed?a=1&b=x%20y")]
    Task<string> Written(string? c);

    [Get("/scalars")]
    Task<string> Scalars(int n, decimal d, bool flag, DateTimeOffset at, Order order, Guid? none);

    [Get("/format")]
    Task<string> Format([Query(Format = "0.00")] decimal d, [AliasAs("when")][Query(Format = "yyyyMMdd")] DateTime at);

    [Get("/csv")]
    Task<string> Csv([Query(CollectionFormat.Csv)] int[] ids);

    [Get("/multi")]
    Task<string> Multi([Query(CollectionFormat.Multi)] List<string> ids);

    [Get("/pipes")]
    Task<string> Pipes([Query(CollectionFormat.Pipes)] int[] ids);

    [Get("/ssv")]
    Task<string> Ssv([Query(CollectionFormat.Ssv)] int[] ids);

    [Get("/default")]
    Task<string> Default(int[] ids);

    [Get("/string")]
    Task<string> AsString([Query(TreatAsString = true)] Key key);

    [Post("/both")]
    Task<string> BodyAndQuery(string q, [Body] Key key);
}

public sealed class PathAndQueryTests
{
    private readonly Wire _wire = new();

    private async Task Sends(string target, Func<IPaths, Task> call, RefitSettings? settings = null)
    {
        await call(_wire.Client<IPaths>(settings));
        Assert.Equal("/base" + target, _wire.Target);
    }

    [Fact]
    public Task A_path_is_added_to_that_of_the_base_address() => Sends("/plain", c => c.Plain());

    [Fact]
    public Task Placeholders_take_parameters_without_case_and_escape_them() => Sends("/deals/a%20b%2Fc%3F%C3%BC/lines/7", c => c.Two("a b/c?ü", 7));

    [Fact]
    public Task An_alias_names_a_placeholder() => Sends("/deals/x", c => c.Alias("x"));

    [Fact]
    public Task A_round_trip_keeps_its_slashes() => Sends("/files/a%20b/c/d%3F", c => c.RoundTrip("a b/c/d?"));

    [Fact]
    public Task An_optional_placeholder_goes_with_its_slash() => Sends("/a/b", c => c.Optional(null));

    [Fact]
    public Task An_optional_placeholder_takes_its_value() => Sends("/a/1/b", c => c.Optional("1"));

    [Fact]
    public Task A_query_in_the_path_comes_first() => Sends("/fixed?a=1&b=x%20y&c=z", c => c.Written("z"));

    [Fact]
    public Task Null_is_left_out() => Sends("/fixed?a=1&b=x%20y", c => c.Written(null));

    [Fact]
    public Task Scalars_are_written_for_the_invariant_culture() => Sends(
        "/scalars?n=-1&d=1.50&flag=True&at=03%2F01%2F2026%2012%3A00%3A00%20%2B00%3A00&order=new-first",
        c => c.Scalars(-1, 1.50m, true, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), Order.NewFirst, null));

    [Fact]
    public Task Formats_and_aliases_of_parameters_count() => Sends("/format?d=2.50&when=20260301", c => c.Format(2.5m, new DateTime(2026, 3, 1)));

    [Fact]
    public Task Collections_are_joined_with_commas() => Sends("/csv?ids=1%2C2", c => c.Csv([1, 2]));

    [Fact]
    public Task Or_repeated() => Sends("/multi?ids=a&ids=b%26", c => c.Multi(["a", "b&"]));

    [Fact]
    public Task Or_joined_with_bars() => Sends("/pipes?ids=1%7C2", c => c.Pipes([1, 2]));

    [Fact]
    public Task Or_joined_with_spaces() => Sends("/ssv?ids=1%202", c => c.Ssv([1, 2]));

    [Fact]
    public Task The_settings_say_how_where_nobody_else_does() =>
        Sends("/default?ids=1&ids=2", c => c.Default([1, 2]), new RefitSettings { CollectionFormat = CollectionFormat.Multi });

    [Fact]
    public Task An_empty_collection_is_sent_empty() => Sends("/csv?ids=", c => c.Csv([]));

    [Fact]
    public async Task What_is_body_is_not_query()
    {
        await Sends("/both?q=1", c => c.BodyAndQuery("1", new Key { Id = "k" }));
        Assert.Equal("""{"id":"k","section":0,"rest":null}""", _wire.Body);
    }

    private sealed class Upper : DefaultUrlParameterFormatter
    {
        public override string? Format(object? value, System.Reflection.ICustomAttributeProvider attributeProvider, Type type) =>
            base.Format(value, attributeProvider, type)?.ToUpperInvariant();
    }

    [Fact]
    public Task A_formatter_of_ones_own_writes_values() =>
        Sends("/deals/ABC/lines/1", c => c.Two("abc", 1), new RefitSettings { UrlParameterFormatter = new Upper() });
}
