using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spm.Client;
using Spm.GraphQL.Types;
using Spm.Host;

namespace Spm.Platform.Tests.Support;

/// <summary>The whole platform on a free loopback port and a folder of its own, spoken to over HTTP as its users do.</summary>
public sealed class TestPlatform : IAsyncDisposable
{
    public const string Key = "spm_0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>The same of every platform of this process, and to make it takes longer than most tests do.</summary>
    private static Schema? _schema;

    private readonly string _data;
    private readonly bool _keepData;
    private readonly WebApplication _app;
    private readonly bool _isTenantAlone;

    private TestPlatform(WebApplication app, string data, bool keepData, string key = Key)
    {
        _app = app;
        _data = data;
        _keepData = keepData;
        _isTenantAlone = key != Key;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Client = new SpmClient(new HttpClient { BaseAddress = Http.BaseAddress }, key);
    }

    public HttpClient Http { get; }

    public SpmClient Client { get; }

    public string Data => _data;

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="data">A folder to start on, left in place afterwards; a fresh one, removed afterwards, when left out.</param>
    /// <param name="settings">Further settings, as on the command line: `--Spm:Dev:Issuer=true`.</param>
    public static async Task<TestPlatform> StartAsync(string? data = null, Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("spm-test-").FullName;
        var app = SpmHost.Build(["--Urls=http://127.0.0.1:0", $"--Spm:Data={folder}", $"--Spm:Bootstrap:ApiKey={Key}", $"--Spm:Connectors:DropFolder={Path.Combine(folder, "drops")}", .. TestStore.Settings(folder), .. TestCluster.Settings, .. settings], builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            if (_schema is { } made)
            {
                builder.Services.AddSingleton(made);
            }
            configure?.Invoke(builder);
        });
        _schema ??= app.Services.GetRequiredService<Schema>();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // A host that does not start holds its store no longer.
            await app.DisposeAsync();
            throw;
        }
        return new TestPlatform(app, folder, data is not null);
    }

    /// <summary>The same platform as a new tenant sees it; it goes on when this is disposed of. It must have been started with the operator's key.</summary>
    public async Task<TestPlatform> NewTenantAsync(string id) => new(_app, _data, keepData: true, (await this.TenantAsync(id)).Credential);

    /// <summary>Sends JSON and reads the answer as JSON; the status is not checked.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text, response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public Task<Answer> PostAsync(string path, string? json = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, json, headers);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_isTenantAlone)
        {
            return;
        }
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_keepData)
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    public sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
    {
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;

        /// <summary>The code of a problem+json answer; empty where there is none.</summary>
        public string Code => Json.TryGetProperty("code", out var code) ? code.GetString()! : "";

        public Answer Expect(int status) => Status == status ? this : throw new InvalidOperationException($"Expected {status}, got {Status}: {Text}");
    }
}
