using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spm.Client;

/// <summary>Plan documents as they stand in files, comments and all; comments stay behind.</summary>
internal static class PlanText
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static JsonNode Read(string document) =>
        JsonNode.Parse(document, documentOptions: Options) ?? throw new ArgumentException("The document is null.", nameof(document));
}
