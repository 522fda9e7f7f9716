using Spm.Host;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Graph;

public sealed class TrustedDocumentTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Documents_of_the_file_are_asked_for_by_id_and_nothing_else_is_executed_where_that_is_set()
    {
        await File.WriteAllTextAsync(_file, """{"1a2b":"query Name { company { name } }"}""", TestContext.Current.CancellationToken);
        await using var platform = await TestPlatform.StartAsync(settings: [$"--Spm:GraphQL:Documents={_file}", "--Spm:GraphQL:OnlyDocuments=true"]);
        await SmallCompany.CreateAsync(platform);

        Assert.Equal("""{"data":{"company":{"name":"Acme"}}}""", (await platform.PostAsync("/graphql", """{"documentId":"1a2b"}""")).Text);
        Assert.Contains("DOCUMENT_NOT_FOUND", (await platform.PostAsync("/graphql", """{"documentId":"3c4d"}""")).Text);
        Assert.Equal(["DOCUMENT_NOT_TRUSTED"], (await platform.AskAsync("{ company { name } }")).Codes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":null}""")]
    public async Task A_file_that_cannot_be_used_is_named_at_the_start(string text)
    {
        await File.WriteAllTextAsync(_file, text, TestContext.Current.CancellationToken);
        Assert.Equal("Spm:GraphQL:Documents", (await Assert.ThrowsAsync<SettingsException>(() => TestPlatform.StartAsync(settings: $"--Spm:GraphQL:Documents={_file}"))).Key);
        Assert.Equal("Spm:GraphQL:OnlyDocuments", (await Assert.ThrowsAsync<SettingsException>(() => TestPlatform.StartAsync(settings: "--Spm:GraphQL:OnlyDocuments=true"))).Key);
    }
}
