namespace Spm.Connectors.Tests.Manifests;

public sealed class ManifestReaderTests
{
    [Fact]
    public void A_manifest_says_all_that_the_host_needs_to_know()
    {
        var manifest = ManifestReader.Read(Manifests.Valid);

        Assert.Equal("acme", manifest.Id);
        Assert.Equal(new Version(1, 2, 0), manifest.Version);
        Assert.True(manifest.SdkRange.Contains(new Version(1, 9)));
        Assert.False(manifest.SdkRange.Contains(new Version(2, 0)));
        Assert.Equal(ConnectorKinds.Source, manifest.Kinds);
        Assert.Equal(["token", "webhook_secret"], manifest.ConfigSchema.Secrets);
        Assert.Equal(new RateLimit(100, TimeSpan.FromSeconds(10)), manifest.RateLimit);
        Assert.Equal(new HmacHexScheme("X-Acme-Signature"), manifest.Webhooks!.Scheme);
        var deals = manifest.Stream("deals")!;
        Assert.Equal(new CursorManifest("updated_at", TimeSpan.FromMinutes(5)), deals.Cursor);
        Assert.Equal(DeleteDetection.Tombstones, deals.Deletes);
    }

    [Theory]
    [InlineData("opportunity")]
    [InlineData("opportunity_line")]
    [InlineData("invoice")]
    [InlineData("payment")]
    [InlineData("refund")]
    [InlineData("person")]
    public void Two_streams_whose_records_would_be_taken_for_each_other_are_refused(string entity)
    {
        var refused = Assert.Throws<ManifestException>(() => ManifestReader.Read(TwoStreams(entity)));

        Assert.Equal(("/streams", "entity_twice"), Assert.Single(refused.Errors) is var error ? (error.Pointer, error.Code) : default);
        Assert.Contains("'old' and 'deals'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("employment")]
    public void Streams_whose_keys_name_nothing_outside_of_them_may_share_an_entity(string entity) => Assert.Equal(2, ManifestReader.Read(TwoStreams(entity)).Streams.Count);

    private static string TwoStreams(string entity) => Manifests.With(
        "\"streams\": [", $$"""
            "streams": [{ "name": "old", "entity": "{{entity}}", "primaryKey": ["id"], "deletes": "none", "ordered": false, "stability": "stable" },
            """).Replace("\"entity\": \"opportunity\"", $"\"entity\": \"{entity}\"", StringComparison.Ordinal);

    [Theory]
    [InlineData("\"id\": \"acme\"", "\"id\": \"Acme CRM\"", "/id", "wrong_shape", 2)]
    [InlineData("\"min\": \"1.0\", \"max\": \"1.9\"", "\"min\": \"2.0\", \"max\": \"1.9\"", "/sdkRange/max", "range_empty", 5)]
    [InlineData("[\"source\"]", "[\"spring\"]", "/kinds", "unknown_value", 6)]
    [InlineData("Acme.dll", "../Acme.dll", "/entry/assembly", "wrong_shape", 7)]
    [InlineData("https://api.acme.example", "http://api.acme.example", "/baseAddress", "wrong_shape", 8)]
    [InlineData("https://api.acme.example", "https://api.other.example", "/baseAddress", "host_not_allowed", 8)]
    [InlineData("\"bearer\"", "\"magic\"", "/auth/0/kind", "unknown_value", 9)]
    [InlineData("\"api.acme.example\",", "\"*\",", "/allowedHosts/0", "wrong_shape", 10)]
    [InlineData("\"per\": \"PT10S\"", "\"per\": \"10 s\"", "/rateLimit/per", "wrong_shape", 11)]
    [InlineData("hmac_sha256_hex", "md5", "/webhooks/scheme", "unknown_value", 12)]
    [InlineData("\"secret\": \"webhook_secret\"", "\"secret\": \"other\"", "/configSchema", "secret_missing", 13)]
    [InlineData("\"minimum\"", "\"minimun\"", "/configSchema/properties/page_size/minimun", "member_unknown", 19)]
    [InlineData("\"default\": 100", "\"default\": 1000", "/configSchema/properties/page_size/default", "out_of_range", 19)]
    [InlineData("\"minimum\": 1", "\"rotates\": true", "/configSchema/properties/page_size/rotates", "secret_misplaced", 19)]
    [InlineData("\"minLength\": 8", "\"rotates\": true", "/sdkRange/min", "sdk_too_old", 5)]
    [InlineData("\"opportunity\"", "\"chance\"", "/streams/0/entity", "unknown_value", 26)]
    [InlineData("\"ordered\": true", "\"orderd\": true", "/streams/0/orderd", "member_unknown", 27)]
    [InlineData("\"PT5M\"", "5", "/streams/0/cursor/lookback", "wrong_type", 26)]
    public void What_is_wrong_is_told_with_its_place_and_its_rule(string old, string spoilt, string pointer, string code, int line)
    {
        var thrown = Assert.Throws<ManifestException>(() => ManifestReader.Read(Manifests.With(old, spoilt)));

        var error = Assert.Single(thrown.Errors, e => e.Pointer == pointer);
        Assert.Equal((code, line), (error.Code, error.Line));
        Assert.Contains($"connector.json({line},", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var json = Manifests.With("\"acme\"", "\"A\"").Replace("\"bearer\"", "\"magic\"", StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<ManifestException>(() => ManifestReader.Read(json)).Errors.Count);
    }

    [Theory]
    [InlineData("{ \"id\": \"acme\", }", "not_json")]
    [InlineData("{ \"id\": \"acme\", \"id\": \"other\" }", "not_json")]
    [InlineData("[]", "wrong_type")]
    public void What_is_no_object_is_refused(string json, string code) =>
        Assert.Equal(code, Assert.Throws<ManifestException>(() => ManifestReader.Read(json)).Errors[0].Code);

    [Theory]
    [InlineData("api.acme.example", true)]
    [InlineData("API.ACME.EXAMPLE", true)]
    [InlineData("a.b.cdn.acme.example", true)]
    [InlineData("cdn.acme.example", false)]
    [InlineData("evilcdn.acme.example", false)]
    [InlineData("api.acme.example.evil.example", false)]
    public void A_star_stands_for_names_below_and_nothing_else(string host, bool allowed) =>
        Assert.Equal(allowed, HostNames.Match(ManifestReader.Read(Manifests.Valid).AllowedHosts, host));
}
