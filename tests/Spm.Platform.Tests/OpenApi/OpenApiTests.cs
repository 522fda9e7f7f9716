using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.OpenApi;

public sealed class OpenApiTests : IAsyncLifetime
{
    private const string File = "openapi/spm.v1.json";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task The_served_document_is_the_committed_one()
    {
        var served = (await _platform.GetAsync("/openapi.json")).Expect(200).Text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var committed = await System.IO.File.ReadAllTextAsync(Path.Combine(Root(), File), TestContext.Current.CancellationToken);

        Assert.True(served == committed, $"The API changed. Review the difference after: dotnet run --project src/Spm.Host -- openapi {File}");
    }

    [Fact]
    public void Every_endpoint_has_an_operation_id_a_scope_its_errors_and_a_success()
    {
        var endpoints = Endpoints();

        Assert.NotEmpty(endpoints);
        Assert.Empty(endpoints.Where(e => e.Metadata.GetMetadata<IEndpointNameMetadata>() is null).Select(e => e.DisplayName));
        Assert.Empty(endpoints.Where(e => e.Metadata.GetMetadata<IEndpointSummaryMetadata>() is null).Select(e => e.DisplayName));
        // Where a signature opens an operation, no scope does.
        Assert.Empty(endpoints.Where(e => e.Metadata.GetMetadata<OperationSigned>() is null && !Scopes.Known.Contains(e.Metadata.GetMetadata<OperationScope>()?.Scope ?? "")).Select(e => e.DisplayName));
        Assert.Empty(endpoints.Where(e => !e.Metadata.OfType<OperationErrors>().Any(o => o.Codes.Count > 0)).Select(e => e.DisplayName));
        Assert.Empty(endpoints.Where(e => !e.Metadata.OfType<IProducesResponseTypeMetadata>().Any(p => p.StatusCode is >= 200 and < 300)).Select(e => e.DisplayName));
        Assert.Equal(endpoints.Count, endpoints.Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName).Distinct().Count());
    }

    [Fact]
    public async Task Every_endpoint_is_in_the_document_with_examples_and_described_parameters()
    {
        var document = (await _platform.GetAsync("/openapi.json")).Expect(200).Json;
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject(), (p, o) => (Name: $"{o.Name} {p.Name}", Value: o.Value)).ToList();

        Assert.Equal(Endpoints().Count, operations.Count);
        foreach (var (name, operation) in operations)
        {
            var parameters = operation.TryGetProperty("parameters", out var list) ? list.EnumerateArray().ToList() : [];
            Assert.True(parameters.TrueForAll(p => p.Text("description").Length > 0), name);
            Assert.True(operation.TryGetProperty("x-scope", out var scope) ? scope.GetString()!.Length > 0 : operation.GetProperty("security").GetArrayLength() == 0, name);
            Assert.True(operation.GetProperty("responses").EnumerateObject().SelectMany(r => Media(r.Value)).All(m => m.TryGetProperty("example", out _)), name);
        }
        Assert.DoesNotContain(document.GetProperty("tags").EnumerateArray(), t => !t.TryGetProperty("description", out _));
    }

    [Fact]
    public async Task No_decimal_is_a_float()
    {
        var text = (await _platform.GetAsync("/openapi.json")).Expect(200).Text;

        Assert.DoesNotContain("\"double\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"float\"", text, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> Media(JsonElement response) => response.TryGetProperty("content", out var content)
        ? content.EnumerateObject().Where(m => m.Name is "application/json" or "application/problem+json").Select(m => m.Value)
        : [];

    private List<Endpoint> Endpoints() =>
    [
        .. _platform.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal))
            .Select(e => new Endpoint(e.DisplayName!, e.Metadata)),
    ];

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "Directory.Build.props")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository's root was not found.");
        }
        return folder;
    }

    private sealed record Endpoint(string DisplayName, Microsoft.AspNetCore.Http.EndpointMetadataCollection Metadata);
}
