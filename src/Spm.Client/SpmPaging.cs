using System.Runtime.CompilerServices;
using System.Text;

namespace Spm.Client;

/// <summary>Follows a list's cursor to its end, one page in memory at a time.</summary>
internal static class SpmPaging
{
    private const int PageSize = 500;

    public static async IAsyncEnumerable<T> PagesAsync<T>(
        this SpmTransport transport, string path, [EnumeratorCancellation] CancellationToken ct = default)
    {
        string? cursor = null;
        do
        {
            var page = await transport.GetAsync<Page<T>>(Query(path, ("limit", PageSize.ToString()), ("cursor", cursor)), ct);
            foreach (var item in page.Data)
                yield return item;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>Appends the parameters that have a value.</summary>
    public static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var url = new StringBuilder(path);
        var separator = path.Contains('?') ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null)
                continue;
            url.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return url.ToString();
    }

    /// <summary>External ids are other systems' strings: a slash in one must not become a path segment.</summary>
    public static string Segment(string value) => Uri.EscapeDataString(value);

    internal sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);
}
