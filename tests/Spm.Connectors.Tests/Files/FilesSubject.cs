using System.Globalization;
using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Xunit;
using Spm.Connectors.Files;

namespace Spm.Connectors.Tests.Files;

public sealed class FilesConformance() : ConnectorConformance(new FilesSubject());

/// <summary>Somebody who drops files: CSV first, NDJSON for what comes later.</summary>
public sealed class FilesSubject : Subject
{
    public override ConnectorManifest Manifest { get; } = ManifestReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "Files", ManifestReader.FileName));

    public override JsonElement Configuration => JsonDocument.Parse("{}").RootElement;

    public override IConnector Create() => new FilesConnector();

    public override Task<IVendor> StartVendorAsync() => Task.FromResult<IVendor>(new Dropper());

    private sealed class Dropper : IVendor
    {
        private readonly Dictionary<string, HashSet<string>> _keys = [];
        private int _files;

        public StubServer? Server => null;

        public string DropFolder { get; } = Directory.CreateTempSubdirectory("spm-files-").FullName;

        public void Fill(string stream, int count)
        {
            for (var begin = 0; begin < count; begin += 100_000)
            {
                using var file = File.CreateText(Next(stream, "csv"));
                file.WriteLine("id,updated_at,name,number,amount,paid,currency,received_on,refunded_on,opportunity,person,from,status,invoice,title");
                for (var i = begin; i < Math.Min(count, begin + 100_000); i++)
                {
                    var text = i == 7 ? Texts.Unicode.Replace("\"", "\"\"", StringComparison.Ordinal) : string.Create(CultureInfo.InvariantCulture, $"Row {i}");
                    file.WriteLine(FormattableString.Invariant(
                        $"K{i},2025-01-01T00:00:00Z,\"{text}\",\"{text}\",{i}.25,0,USD,2025-01-02,2025-01-02,D1,P1,2025-01-01,open,\"{text}\",\"{text}\""));
                    Of(stream).Add($"K{i}");
                }
            }
        }

        public IReadOnlyCollection<string> Keys(string stream) => Of(stream);

        public string? Change(string stream)
        {
            File.WriteAllText(Next(stream, "ndjson"), """
                {"id":"K3","updated_at":"2025-02-01T00:00:00Z","name":"new","number":"new","amount":7.5,"paid":7.5,"currency":"EUR","received_on":"2025-02-01","refunded_on":"2025-02-01","opportunity":"D2","person":"P2","from":"2025-02-01","status":"open","title":"new"}
                """);
            return "K3";
        }

        public string? Remove(string stream)
        {
            File.WriteAllText(Next(stream, "csv"), "id,deleted\nK4,true\n");
            Of(stream).Remove("K4");
            return "K4";
        }

        public WebhookRequest? Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets) => null;

        public ValueTask DisposeAsync()
        {
            Directory.Delete(DropFolder, recursive: true);
            return ValueTask.CompletedTask;
        }

        private HashSet<string> Of(string stream) => _keys.TryGetValue(stream, out var keys) ? keys : _keys[stream] = [];

        private string Next(string stream, string extension) => Path.Combine(DropFolder, $"{stream}-{++_files:0000}.{extension}");
    }
}
