using System.Security.Cryptography;
using System.Text;

namespace Spm.Connectors.Files;

/// <summary>
/// What a checkpoint keeps of the names of files that were there: files that were read may be taken away, so that their number alone does not tell whether
/// another one has come.
/// </summary>
internal static class FileMarks
{
    /// <summary>Files that are marked. A checkpoint has room for so many beside the longest of names.</summary>
    private const int Most = 500;

    /// <summary>Characters of a mark. Two names of a folder have the same once in many thousand folders.</summary>
    private const int Length = 6;

    /// <summary>Of the first files of a list.</summary>
    /// <returns>Null where they are too many.</returns>
    public static string? Of(IReadOnlyList<FileInfo> files, int count) => count > Most ? null : string.Concat(files.Take(count).Select(Of));

    /// <summary>What has come, in words; null where nothing has, or nobody can tell.</summary>
    /// <param name="files">Of lesser names than the one that was read last.</param>
    /// <param name="marks">Of those that there were then.</param>
    /// <param name="count">So many there were then.</param>
    public static string? Late(IEnumerable<FileInfo> files, string? marks, int? count)
    {
        if (marks is null)
        {
            var now = files.Count();
            return now > count ? $"{now} come before it, and {count} did" : null;
        }
        var known = marks.Chunk(Length).Select(mark => new string(mark)).ToHashSet(StringComparer.Ordinal);
        return files.FirstOrDefault(f => !known.Contains(Of(f))) is { } late ? $"'{late.Name}' is one" : null;
    }

    private static string Of(FileInfo file) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Name)))[..Length];
}
