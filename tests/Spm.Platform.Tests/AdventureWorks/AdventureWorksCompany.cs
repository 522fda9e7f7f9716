using System.Globalization;
using System.Text.Json;
using Spm.Client;
using Spm.Platform.Tests.Support;
using Spm.Samples.AdventureWorks;

namespace Spm.Platform.Tests.AdventureWorks;

/// <summary>The sample company, loaded once over HTTP for all tests, and the figures worked out from its files by other means.</summary>
public sealed class AdventureWorksCompany : IAsyncLifetime
{
    private TestPlatform? _platform;
    private JsonDocument? _reference;

    public TestPlatform Platform => _platform ?? throw new InvalidOperationException("Nothing was loaded.");

    public SpmClient Client => Platform.Client;

    public IReadOnlyDictionary<string, ImportJob> Jobs { get; private set; } = new Dictionary<string, ImportJob>();

    public JsonElement Reference(string figure) => _reference!.RootElement.GetProperty(figure);

    public static decimal Number(JsonElement row, string name) =>
        decimal.Parse(row.GetProperty(name).ToString(), NumberStyles.Number, CultureInfo.InvariantCulture);

    /// <summary>Without the files there is nothing to test.</summary>
    public void SkipUnlessLoaded()
    {
        if (_platform is null)
        {
            Assert.Skip("data/adventureworks is in no folder `shared` beside the repository, nor where SPM_SHARED says.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (SharedFiles.Find("data", "adventureworks") is not { } folder)
        {
            return;
        }
        _reference = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "reference.json")));
        _platform = await TestPlatform.StartAsync();
        Jobs = await AdventureWorksLoader.LoadAsync(_platform.Client, folder, progress: null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _reference?.Dispose();
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
        }
    }
}
