using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Http;

/// <summary>Finds the document that a request means: its text, a trusted document, or one that a client has put down under its hash.</summary>
internal sealed class PersistedDocuments(GraphQLHttpOptions options)
{
    private readonly Dictionary<string, byte[]> _trusted =
        options.TrustedDocuments.ToDictionary(d => d.Key, d => Encoding.UTF8.GetBytes(d.Value), StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, byte[]> _put = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _order = new();
    private long _bytes;

    /// <summary>The document, whether it is trusted, or why there is none.</summary>
    /// <exception cref="BadParameters">The request names no document.</exception>
    public (ReadOnlyMemory<byte> Document, bool IsTrusted, GraphQLError? Error) Find(RequestParameters parameters)
    {
        if (parameters.DocumentId is { } id)
        {
            return _trusted.TryGetValue(id, out var trusted)
                ? (trusted, true, null)
                : (default, false, new GraphQLError("There is no document of that id.") { Extensions = Codes.Code("DOCUMENT_NOT_FOUND") });
        }
        if (options.PersistedDocuments > 0 && HashOf(parameters.Extensions) is { } hash)
        {
            return Persisted(parameters, hash);
        }
        return parameters.Query is { } text ? (text, false, null) : throw new BadParameters("`query` is missing.");
    }

    private static string? HashOf(JsonElement extensions) =>
        extensions.ValueKind == JsonValueKind.Object && extensions.TryGetProperty("persistedQuery", out var persisted)
        && persisted.ValueKind == JsonValueKind.Object && persisted.TryGetProperty("sha256Hash", out var hash)
            ? hash.ValueKind == JsonValueKind.String ? hash.GetString() : throw new BadParameters("`sha256Hash` is a string.")
            : null;

    private (ReadOnlyMemory<byte>, bool, GraphQLError?) Persisted(RequestParameters parameters, string hash)
    {
        if (parameters.Query is not { } text)
        {
            return _put.TryGetValue(hash, out var known)
                ? (known, false, null)
                : (default, false, new GraphQLError("PersistedQueryNotFound") { Extensions = Codes.Code("PERSISTED_QUERY_NOT_FOUND") });
        }
        if (!string.Equals(hash, Convert.ToHexStringLower(SHA256.HashData(text.Span)), StringComparison.OrdinalIgnoreCase))
        {
            throw new BadParameters("`sha256Hash` is not the hash of `query`.");
        }
        Put(hash, text);
        return (text, false, null);
    }

    private void Put(string hash, ReadOnlyMemory<byte> text)
    {
        if (text.Length > options.PersistedBytes || _put.ContainsKey(hash))
        {
            return;
        }
        lock (_order)
        {
            if (!_put.TryAdd(hash, text.ToArray()))
            {
                return;
            }
            _order.Enqueue(hash);
            _bytes += text.Length;
            while (_put.Count > options.PersistedDocuments || _bytes > options.PersistedBytes)
            {
                _put.TryRemove(_order.Dequeue(), out var oldest);
                _bytes -= oldest!.Length;
            }
        }
    }
}
