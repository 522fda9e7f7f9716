using System.Text;

namespace Refit.StandIn.Tests;

[Headers("X-All: interface", "X-Gone: 1", "Authorization: Bearer")]
public interface IHeaders
{
    [Get("/h")]
    [Headers("X-All: method", "X-Gone", "X-Empty:")]
    Task Static();

    [Get("/h")]
    Task Dynamic([Header("X-All")] string? all, [HeaderCollection] IDictionary<string, string> more);

    [Get("/h")]
    Task Authorized([Authorize("Token")] string value);

    [Get("/h")]
    Task Option([Property("tenant")] string tenant, [Property] int attempt);

    [Post("/h")]
    [Headers("Content-Language: de")]
    Task WithoutBody();

    [Post("/h")]
    [Headers("Content-Type: application/merge-patch+json")]
    Task OtherType([Body] Key key);
}

public interface IBodies
{
    [Post("/b")]
    Task Json([Body] Key key);

    [Put("/b")]
    Task Implicit(Key key, int query);

    [Post("/b")]
    Task Text([Body] string text);

    [Post("/b")]
    Task Quoted([Body(BodySerializationMethod.Serialized)] string text);

    [Post("/b")]
    Task Form([Body(BodySerializationMethod.UrlEncoded)] Filter form);

    [Post("/b")]
    Task Form([Body(BodySerializationMethod.UrlEncoded)] Dictionary<string, object> form);

    [Post("/b")]
    Task Bytes([Body] Stream stream);

    [Patch("/b")]
    Task Content([Body] HttpContent content);

    [Post("/b")]
    Task Lines([Body(BodySerializationMethod.JsonLines)] IEnumerable<Key> keys);

    [Multipart("frontier")]
    [Post("/b")]
    Task Parts([AliasAs("note")] string text, [AliasAs("file")] StreamPart file, Guid id, Key key, string q, [Query] string inQuery);

    [Multipart]
    [Post("/b")]
    Task Many(IEnumerable<ByteArrayPart> files);
}

public sealed class HeadersAndBodiesTests
{
    private readonly Wire _wire = new();

    private string? Header(string name) => _wire.Request.Headers.TryGetValues(name, out var values) ? string.Join('|', values) : null;

    [Fact]
    public async Task The_method_wins_over_the_interface()
    {
        await _wire.Client<IHeaders>().Static();
        Assert.Equal("method", Header("X-All"));
        Assert.Null(Header("X-Gone"));
        Assert.Equal("", Header("X-Empty"));
    }

    [Fact]
    public async Task An_argument_wins_over_both()
    {
        await _wire.Client<IHeaders>().Dynamic("mine", new Dictionary<string, string> { ["X-More"] = "a\r\nX-Evil: 1" });
        Assert.Equal("mine", Header("X-All"));
        Assert.Equal("aX-Evil: 1", Header("X-More"));
        Assert.Null(Header("X-Evil"));
    }

    [Fact]
    public async Task A_null_argument_takes_a_header_away()
    {
        await _wire.Client<IHeaders>().Dynamic(null, new Dictionary<string, string>());
        Assert.Null(Header("X-All"));
    }

    [Fact]
    public async Task A_scheme_alone_is_completed_by_the_getter()
    {
        var settings = new RefitSettings { AuthorizationHeaderValueGetter = (request, _) => ValueTask.FromResult("t" + request.Method) };
        await _wire.Client<IHeaders>(settings).Static();
        Assert.Equal("Bearer tGET", Header("Authorization"));
    }

    [Fact]
    public async Task No_value_means_no_header()
    {
        await _wire.Client<IHeaders>(new RefitSettings { AuthorizationHeaderValueGetter = (_, _) => ValueTask.FromResult("") }).Static();
        Assert.Null(Header("Authorization"));
    }

    [Fact]
    public async Task An_authorize_argument_has_its_own_scheme()
    {
        var settings = new RefitSettings { AuthorizationHeaderValueGetter = (_, _) => ValueTask.FromResult("never") };
        await _wire.Client<IHeaders>(settings).Authorized("abc");
        Assert.Equal("Token abc", Header("Authorization"));
    }

    [Fact]
    public async Task Properties_reach_the_handlers()
    {
        await _wire.Client<IHeaders>().Option("t1", 3);
        var options = (IDictionary<string, object?>)_wire.Request.Options;
        Assert.Equal("t1", options["tenant"]);
        Assert.Equal(3, options["attempt"]);
        Assert.Equal(typeof(IHeaders), options[HttpRequestMessageOptions.InterfaceType]);
        Assert.Equal("/h", options[HttpRequestMessageOptions.RelativePathTemplate]);
        Assert.Equal("", _wire.Query);
    }

    [Fact]
    public async Task Headers_of_contents_have_a_place_without_a_body()
    {
        await _wire.Client<IHeaders>().WithoutBody();
        Assert.Equal(["de"], _wire.Request.Content!.Headers.ContentLanguage);
    }

    [Fact]
    public async Task A_content_type_takes_the_place_of_the_serializers()
    {
        await _wire.Client<IHeaders>().OtherType(new Key());
        Assert.Equal("application/merge-patch+json", _wire.ContentType);
    }

    private async Task Writes(string body, string? type, Func<IBodies, Task> call)
    {
        await call(_wire.Client<IBodies>());
        Assert.Equal(body, _wire.Body);
        Assert.Equal(type, _wire.ContentType);
    }

    [Fact]
    public Task Objects_are_JSON() =>
        Writes("""{"id":"k","section":1,"rest":null}""", "application/json; charset=utf-8", c => c.Json(new Key { Id = "k", Section = 1 }));

    [Fact]
    public async Task The_one_object_of_a_PUT_is_its_body()
    {
        await Writes("""{"id":"k","section":0,"rest":null}""", "application/json; charset=utf-8", c => c.Implicit(new Key { Id = "k" }, 1));
        Assert.Equal("?query=1", _wire.Query);
    }

    [Fact]
    public Task Texts_are_sent_as_they_are() => Writes("a\"b", "text/plain; charset=utf-8", c => c.Text("a\"b"));

    [Fact]
    public Task Unless_the_serializer_is_asked_for() => Writes("\"ab\"", "application/json; charset=utf-8", c => c.Quoted("ab"));

    [Fact]
    public Task Forms_are_written_by_property() => Writes(
        "Name=a+b&min=2&owner_id=%C3%BC&Ids=1%2C2&Tags=x&Tags=y&Empty=", "application/x-www-form-urlencoded",
        c => c.Form(new Filter { Name = "a b", Minimum = 2, Owner = "ü", Ids = [1, 2], Tags = ["x", "y"] }));

    [Fact]
    public Task Forms_are_written_from_dictionaries() => Writes(
        "grant_type=client_credentials&n=1", "application/x-www-form-urlencoded",
        c => c.Form(new Dictionary<string, object> { ["grant_type"] = "client_credentials", ["n"] = 1 }));

    [Fact]
    public async Task Streams_stay_the_callers()
    {
        using var stream = new MemoryStream("abc"u8.ToArray());
        await Writes("abc", null, c => c.Bytes(stream));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public Task Contents_are_sent_as_they_are() =>
        Writes("<a/>", "text/xml; charset=utf-8", c => c.Content(new StringContent("<a/>", Encoding.UTF8, "text/xml")));

    [Fact]
    public async Task Lines_are_one_value_each()
    {
        await _wire.Client<IBodies>().Lines([new Key { Id = "a" }, new Key { Id = "b" }]);
        Assert.Equal(
            "{\"id\":\"a\",\"section\":0,\"rest\":null}\n{\"id\":\"b\",\"section\":0,\"rest\":null}", _wire.Body!.TrimEnd('\n'));
    }

    [Fact]
    public async Task Parts_have_names_file_names_and_types()
    {
        using var file = new MemoryStream("data"u8.ToArray());
        var id = Guid.Parse("00000000-0000-0000-0000-000000000001");
        await _wire.Client<IBodies>().Parts("hello", new StreamPart(file, "a.csv", "text/csv"), id, new Key { Id = "k" }, "q", "u");

        Assert.Equal("multipart/form-data; boundary=\"frontier\"", _wire.ContentType);
        Assert.Contains("name=note\r\n\r\nhello", _wire.Body, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/csv\r\nContent-Disposition: form-data; name=file; filename=a.csv", _wire.Body, StringComparison.Ordinal);
        Assert.Contains("name=id\r\n\r\n00000000-0000-0000-0000-000000000001", _wire.Body, StringComparison.Ordinal);
        Assert.Contains("{\"id\":\"k\",\"section\":0,\"rest\":null}", _wire.Body, StringComparison.Ordinal);
        Assert.Equal("?inQuery=u", _wire.Query);
    }

    [Fact]
    public async Task A_collection_of_parts_is_many_parts()
    {
        await _wire.Client<IBodies>().Many([new ByteArrayPart([65], "a.txt"), new ByteArrayPart([66], "b.txt", name: "other")]);
        Assert.Contains("name=files; filename=a.txt", _wire.Body, StringComparison.Ordinal);
        Assert.Contains("name=other; filename=b.txt", _wire.Body, StringComparison.Ordinal);
    }
}
