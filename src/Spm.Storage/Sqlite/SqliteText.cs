using System.Text;
using SQLitePCL;

namespace Spm.Storage.Sqlite;

internal static class SqliteText
{
    private const int Short = 256;

    /// <summary>Binds a text. SQLite takes a copy of it: for a short one nothing else is allocated.</summary>
    /// <returns>SQLite's result code.</returns>
    public static int Bind(sqlite3_stmt statement, int place, string text)
    {
        // A place that is given no bytes at all is null to SQLite, and not the empty text.
        if (text.Length is 0 or > Short / 3)
        {
            return raw.sqlite3_bind_text(statement, place, text);
        }
        Span<byte> bytes = stackalloc byte[Short];
        return raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
