using Spm.Compensation.Documents;

namespace Spm.Compensation.RateTables.Matrices;

/// <summary>How a matrix is read between its grid points.</summary>
public enum MatrixMode : byte
{
    /// <summary>The cell of the highest edge reached on either axis.</summary>
    Step,

    /// <summary>Bilinear between the four cells around the point; constant beyond the last edges.</summary>
    Interpolated,
}

/// <summary>One axis: which figure is looked up on it, and at which edges.</summary>
/// <param name="Figure">The text of an expression; what it means is said by whoever calculates figures.</param>
/// <param name="At">Rising edges in units of the figure. Each is included: a figure on an edge has reached it.</param>
public sealed record MatrixAxis(string Figure, IReadOnlyList<decimal> At)
{
    public bool Equals(MatrixAxis? other) => other is not null && Figure == other.Figure && At.SequenceEqual(other.At);

    public override int GetHashCode() => At.Aggregate(Figure.GetHashCode(StringComparison.Ordinal), HashCode.Combine);
}

/// <summary>
/// A payout matrix: two figures look up one percent. Below the first edge of either axis it is 0. Values are exact; an interpolated
/// one is divided once. Worked example: matrix.plan.md.
/// <para>
/// Interpolated, with r between the edges r0 and r1 and c between c0 and c1:
/// <c>(v00 (r1−r)(c1−c) + v10 (r−r0)(c1−c) + v01 (r1−r)(c−c0) + v11 (r−r0)(c−c0)) / ((r1−r0)(c1−c0))</c>.
/// </para>
/// </summary>
public sealed record Matrix
{
    public const string Schema = MatrixReader.Schema;

    private readonly decimal[][] _values;

    /// <param name="values">Percents, 0 to 1000: one list for each row, in it one value for each column.</param>
    public Matrix(MatrixAxis rows, MatrixAxis columns, IReadOnlyList<IReadOnlyList<decimal>> values, MatrixMode mode = MatrixMode.Step)
    {
        if (MatrixReader.Check(rows, columns, values) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(values));
        }
        Rows = rows with { At = [.. rows.At] };
        Columns = columns with { At = [.. columns.At] };
        _values = [.. values.Select(row => row.ToArray())];
        Mode = mode;
    }

    public MatrixAxis Rows { get; }

    public MatrixAxis Columns { get; }

    public IReadOnlyList<IReadOnlyList<decimal>> Values => _values;

    public MatrixMode Mode { get; }

    /// <summary>Null when it is refused; the document's errors say why.</summary>
    public static Matrix? Read(DocNode node) => MatrixReader.Read(node);

    /// <summary>The percent for a figure of the rows and one of the columns.</summary>
    /// <param name="cell">Which cells it was read from, for explanations.</param>
    public decimal Lookup(decimal row, decimal column, out MatrixCell cell)
    {
        var (r0, r1) = Around(Rows.At, row);
        var (c0, c1) = Around(Columns.At, column);
        if (r0 < 0 || c0 < 0)
        {
            cell = new MatrixCell(r0, c0, r0, c0, 0m);
            return 0m;
        }
        var (low, high) = (_values[r0], _values[r1]);
        var (down, height) = Share(Rows.At, r0, r1, row);
        var (along, width) = Share(Columns.At, c0, c1, column);
        var percent = height == 1m && width == 1m && down == 0m && along == 0m
            ? low[c0]
            : Quotient.Of(
                [((low[c0] * (width - along)) + (low[c1] * along)) * (height - down) + ((high[c0] * (width - along)) + (high[c1] * along)) * down],
                [height, width]);
        cell = new MatrixCell(r0, c0, r1, c1, percent);
        return percent;
    }

    public bool Equals(Matrix? other) =>
        other is not null && Mode == other.Mode && Rows == other.Rows && Columns == other.Columns
        && _values.Zip(other._values).All(row => row.First.AsSpan().SequenceEqual(row.Second));

    public override int GetHashCode() => HashCode.Combine(Rows, Columns, Mode);

    /// <summary>The highest edge reached (−1 below the first) and the one that is approached: the same where nothing lies between.</summary>
    private (int Low, int High) Around(IReadOnlyList<decimal> at, decimal figure)
    {
        var low = at.Count - 1;
        while (low >= 0 && at[low] > figure)
        {
            low--;
        }
        return Mode == MatrixMode.Step || low < 0 || low == at.Count - 1 || at[low] == figure ? (low, low) : (low, low + 1);
    }

    /// <summary>How far a figure lies into the interval, and how wide that is.</summary>
    private static (decimal Part, decimal Width) Share(IReadOnlyList<decimal> at, int low, int high, decimal figure) =>
        low == high ? (0m, 1m) : (figure - at[low], at[high] - at[low]);
}

/// <summary>Where a lookup was answered. Indices from 0; −1 is below the first edge, where the percent is 0.</summary>
/// <param name="Row">The highest edge of the rows that was reached.</param>
/// <param name="Column">The highest edge of the columns that was reached.</param>
/// <param name="RowAbove">The edge that is interpolated towards; the same as <paramref name="Row"/> where there is nothing to interpolate.</param>
/// <param name="ColumnAbove">The same of the columns.</param>
/// <param name="Percent">What was looked up; 8 means 8 %.</param>
public readonly record struct MatrixCell(int Row, int Column, int RowAbove, int ColumnAbove, decimal Percent)
{
    public bool IsBelow => Row < 0 || Column < 0;
}
