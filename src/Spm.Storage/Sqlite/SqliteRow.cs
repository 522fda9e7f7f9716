using System.Collections;
using System.Data.Common;
using System.Text;
using SQLitePCL;

namespace Spm.Storage.Sqlite;

/// <summary>
/// The row on which a prepared query stands, as far as rows are read here: numbers, texts, bytes and nulls. Of a query that is asked thousands of times
/// a reader of its own for each time would be most of the work.
/// </summary>
internal sealed class SqliteRow(sqlite3_stmt statement) : DbDataReader
{
    public override int FieldCount => raw.sqlite3_column_count(statement);

    public override bool IsDBNull(int ordinal) => raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_NULL;

    public override long GetInt64(int ordinal) => raw.sqlite3_column_int64(statement, ordinal) is var number && (number != 0 || !IsDBNull(ordinal)) ? number : throw Null(ordinal);

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override string GetString(int ordinal) =>
        raw.sqlite3_column_blob(statement, ordinal) is var text && (text.Length > 0 || !IsDBNull(ordinal)) ? Encoding.UTF8.GetString(text) : throw Null(ordinal);

    public override object GetValue(int ordinal) => raw.sqlite3_column_type(statement, ordinal) switch
    {
        raw.SQLITE_INTEGER => GetInt64(ordinal),
        raw.SQLITE_TEXT => GetString(ordinal),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, ordinal).ToArray(),
        raw.SQLITE_NULL => DBNull.Value,
        _ => throw new NotSupportedException("A store has no fractions."),
    };

    public override object this[int ordinal] => GetValue(ordinal);

    public override bool IsClosed => false;

    public override int Depth => 0;

    public override bool HasRows => true;

    public override int RecordsAffected => -1;

    public override object this[string name] => throw Unread();

    public override bool Read() => throw Unread();

    public override bool NextResult() => throw Unread();

    public override bool GetBoolean(int ordinal) => throw Unread();

    public override byte GetByte(int ordinal) => throw Unread();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw Unread();

    public override char GetChar(int ordinal) => throw Unread();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw Unread();

    public override string GetDataTypeName(int ordinal) => throw Unread();

    public override DateTime GetDateTime(int ordinal) => throw Unread();

    public override decimal GetDecimal(int ordinal) => throw Unread();

    public override double GetDouble(int ordinal) => throw Unread();

    public override IEnumerator GetEnumerator() => throw Unread();

    public override Type GetFieldType(int ordinal) => throw Unread();

    public override float GetFloat(int ordinal) => throw Unread();

    public override Guid GetGuid(int ordinal) => throw Unread();

    public override short GetInt16(int ordinal) => throw Unread();

    public override string GetName(int ordinal) => throw Unread();

    public override int GetOrdinal(string name) => throw Unread();

    public override int GetValues(object[] values) => throw Unread();

    /// <summary>SQLite itself would say 0 or nothing.</summary>
    private static InvalidCastException Null(int ordinal) => new($"Column {ordinal} is null.");

    private static NotSupportedException Unread() => new("Rows are read by place, as numbers, texts and bytes.");
}
