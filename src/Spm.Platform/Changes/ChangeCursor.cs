using System.Globalization;
using Spm.Platform.Kernel;

namespace Spm.Platform.Changes;

/// <summary>
/// How far a reader has come: a change with the instant it was told at, and of transactions the last one handed out. The instant tells a number from the
/// same one in another life of the store: after a restore from a backup, or after a loss of power took the end of what was told.
/// </summary>
/// <param name="No">0 before the first change.</param>
/// <param name="Within">The last transaction of the change that was handed out; 0 for a change that was handed out whole.</param>
internal readonly record struct ChangeCursor(long No, long At, long Within)
{
    private static readonly Keyset<ChangeCursor, ChangeCursor> Keys = new(
        "changes", 3, default, default, c => c, c => [c.No, c.At, c.Within],
        p => Number(p[0]) is { } no && Number(p[1]) is { } at && Number(p[2]) is { } within ? new ChangeCursor(no, at, within) : null,
        Comparer<ChangeCursor>.Create((a, b) => (a.No, a.Within).CompareTo((b.No, b.Within))));

    public static Result<ChangeCursor> Read(string cursor) => Keys.Read(cursor);

    public override string ToString() => Keys.Cursor(this);

    public static ChangeCursor Behind(ChangeRow? row) => row is null ? default : new ChangeCursor(row.No, row.At, 0);

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
