namespace Spm.Compensation.Population;

/// <summary>
/// Numbers as whole 10^-<see cref="Scale"/> units: 12.34 at scale 2 is 1234. The array is read, never copied or written; whoever
/// hands it over leaves it unchanged from then on.
/// </summary>
public sealed class NumberColumn
{
    /// <summary>More digits than this behind the point leave too few before it in 63 bits.</summary>
    public const int MaxScale = 18;

    public NumberColumn(string name, long[] values, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, MaxScale);
        (Name, Values, Scale) = (name, values, scale);
    }

    public string Name { get; }

    public int Scale { get; }

    internal long[] Values { get; }
}

/// <summary>Codes of a dimension, one a row. As with <see cref="NumberColumn"/> the array is not copied.</summary>
public sealed class CodeColumn
{
    /// <summary>Throws <see cref="ArgumentException"/> when a code lies outside the dimension, so that no loop meets one.</summary>
    public CodeColumn(string name, Dimension dimension, int[] codes)
    {
        var highest = -1L;
        foreach (var code in codes)
        {
            // A negative code is very large as an unsigned one: one comparison finds both ends.
            highest = Math.Max(highest, (uint)code);
        }
        if (highest >= dimension.Count)
        {
            throw new ArgumentException($"{name} has a code outside {dimension.Name}, which has {dimension.Count}.", nameof(codes));
        }
        (Name, Dimension, Codes) = (name, dimension, codes);
    }

    public string Name { get; }

    public Dimension Dimension { get; }

    internal int[] Codes { get; }
}

/// <summary>Transactions as columns of one length; a row is one transaction, numbered from 0.</summary>
public sealed class TransactionColumns
{
    private readonly Dictionary<string, NumberColumn> _numbers;
    private readonly Dictionary<string, CodeColumn> _codes;

    public TransactionColumns(int rows, IReadOnlyList<NumberColumn> numbers, IReadOnlyList<CodeColumn> codes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        foreach (var (name, length) in numbers.Select(n => (n.Name, n.Values.Length)).Concat(codes.Select(c => (c.Name, c.Codes.Length))))
        {
            if (length != rows)
            {
                throw new ArgumentException($"{name} has {length} rows, not {rows}.");
            }
        }
        Rows = rows;
        _numbers = numbers.ToDictionary(n => n.Name);
        _codes = codes.ToDictionary(c => c.Name);
    }

    public int Rows { get; }

    /// <summary>Throws <see cref="ArgumentException"/> for a name the transactions do not have.</summary>
    internal NumberColumn Number(string name) =>
        _numbers.TryGetValue(name, out var column) ? column : throw new ArgumentException($"Transactions have no number {name}.", nameof(name));

    /// <inheritdoc cref="Number"/>
    internal CodeColumn Code(string name) =>
        _codes.TryGetValue(name, out var column) ? column : throw new ArgumentException($"Transactions have no code {name}.", nameof(name));
}

/// <summary>
/// Which period a transaction counts in, told by the code of one of its columns (a day, say). Periods are numbered from 0;
/// -1 means that transactions with this code lie outside the periods that are calculated and credit nobody here.
/// </summary>
public sealed class PeriodMap
{
    /// <summary>A ledger keeps the period of a credit in a byte.</summary>
    public const int MaxPeriods = 256;

    public PeriodMap(string column, int[] periodOfCode, int periods)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periods, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(periods, MaxPeriods);
        if (Array.Exists(periodOfCode, p => p < -1 || p >= periods))
        {
            throw new ArgumentException($"A period is -1 (outside) to {periods - 1}.", nameof(periodOfCode));
        }
        (Column, PeriodOfCode, Periods) = (column, periodOfCode, periods);
    }

    public string Column { get; }

    public int Periods { get; }

    internal int[] PeriodOfCode { get; }
}
