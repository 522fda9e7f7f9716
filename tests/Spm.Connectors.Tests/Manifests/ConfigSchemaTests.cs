using System.Text.Json;

namespace Spm.Connectors.Tests.Manifests;

public sealed class ConfigSchemaTests
{
    private static readonly ConfigSchema Schema = ManifestReader.Read(Manifests.Valid).ConfigSchema;

    [Fact]
    public void Secrets_are_taken_out_and_defaults_filled_in()
    {
        var (config, secrets) = Schema.Split(Json("""{ "token": "0123456789", "pipelines": ["a"] }"""));

        Assert.Equal("0123456789", secrets["token"]);
        Assert.Null(config.TextOrNull("token"));
        Assert.Equal(100, config.Whole("page_size"));
        Assert.Equal(["a"], config.Texts("pipelines"));
    }

    [Theory]
    [InlineData("""{}""", "/token", "member_missing")]
    [InlineData("""{ "token": "short" }""", "/token", "out_of_range")]
    [InlineData("""{ "token": 12345678 }""", "/token", "wrong_type")]
    [InlineData("""{ "token": "0123456789", "page_size": 201 }""", "/page_size", "out_of_range")]
    [InlineData("""{ "token": "0123456789", "page_size": 1.5 }""", "/page_size", "wrong_type")]
    [InlineData("""{ "token": "0123456789", "pipelines": ["a", 1] }""", "/pipelines/1", "wrong_type")]
    [InlineData("""{ "token": "0123456789", "pipelines": ["a", "b", "c"] }""", "/pipelines", "out_of_range")]
    [InlineData("""{ "token": "0123456789", "since": "2025-02-30" }""", "/since", "wrong_shape")]
    [InlineData("""{ "token": "0123456789", "tokn": "x" }""", "/tokn", "member_unknown")]
    public void A_configuration_that_breaks_a_rule_is_refused_by_its_name(string config, string pointer, string code)
    {
        var error = Assert.Single(Schema.Validate(Json(config)));
        Assert.Equal((pointer, code), (error.Pointer, error.Code));
    }

    [Theory]
    [InlineData("""{ "token": "short" }""", "'token' has 5 characters, and must have at least 8.")]
    [InlineData("""{ "token": 12345678 }""", "'token' must be of type string.")]
    [InlineData("""{ "token": "0123456789", "page_size": 201 }""", "'page_size' is 201, and must be 1 to 200.")]
    [InlineData("""{ "token": "0123456789", "pipelines": ["a", "b", "c"] }""", "'pipelines' has 3 items, and must have at most 2.")]
    [InlineData("""{ "token": "0123456789", "since": "2025-02-30" }""", "'since' is not of the format date.")]
    [InlineData("[]", "The configuration must be of type object.")]
    public void The_words_for_a_mistake_name_the_member_and_what_it_may_be(string config, string detail) =>
        Assert.Equal(detail, Assert.Single(Schema.Validate(Json(config))).Detail);

    [Fact]
    public void Whole_numbers_may_be_written_with_a_point() =>
        Assert.Empty(Schema.Validate(Json("""{ "token": "0123456789", "page_size": 10.0 }""")));

    [Theory]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "object", "properties": { "b": { "type": "string", "writeOnly": true } } } } }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "integer", "writeOnly": true } } }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "array" } } }""")]
    [InlineData("""{ "type": "object", "required": ["b"] }""")]
    [InlineData("""{ "type": "string" }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "string", "pattern": "(a" } } }""")]
    public void A_schema_that_promises_what_nobody_checks_is_refused(string schema) =>
        Assert.Throws<ManifestException>(() => ConfigSchema.Read(schema));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
