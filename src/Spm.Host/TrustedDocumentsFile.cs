using System.Text.Json;
using Spm.Platform.Graph;

namespace Spm.Host;

/// <summary>The file of trusted documents as Relay's compiler and graphql-codegen write it: a JSON object of ids and texts.</summary>
internal static class TrustedDocumentsFile
{
    private const string Key = "Spm:GraphQL:Documents";
    private const string OnlyKey = "Spm:GraphQL:OnlyDocuments";

    public static TrustedDocuments Read(string? path, bool only)
    {
        if (string.IsNullOrEmpty(path))
        {
            return only ? throw new SettingsException(OnlyKey, $"lets nothing be asked: {Key} names no file") : TrustedDocuments.None;
        }
        try
        {
            using var file = File.OpenRead(path);
            var documents = JsonSerializer.Deserialize<Dictionary<string, string?>>(file) ?? throw new JsonException("it is null");
            return new TrustedDocuments(documents.ToDictionary(d => d.Key, d => d.Value ?? throw new JsonException($"{d.Key} is null"), StringComparer.Ordinal), only);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SettingsException(Key, $"is a file with a JSON object of ids and documents, and '{path}' is not: {unread.Message.TrimEnd('.')}");
        }
    }
}
