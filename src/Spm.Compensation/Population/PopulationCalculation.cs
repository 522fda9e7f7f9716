namespace Spm.Compensation.Population;

/// <summary>
/// Credits and measures a whole population at once. Two ways to the same <see cref="MeasurementCube"/>:
/// <list type="bullet">
/// <item>aggregate first (<see cref="StartSums"/>, <see cref="Accumulate"/>, <see cref="ToCube"/>): measures are summed by the codes
/// that name payees, then shares and the hierarchy are applied to the sums. Sums and shares are exact, so the order does not matter.</item>
/// <item>by ledger (<see cref="StartLedger"/>, <see cref="Credit"/>, then <see cref="CreditLedger"/>): every credit is a row that can
/// be explained, and the measurements are the sums of those rows.</item>
/// </list>
/// Work on ranges of rows may be shared among threads by the caller: each with its own sums, a ledger with disjoint blocks.
/// </summary>
public sealed class PopulationCalculation
{
    /// <summary>Rows that are measured together: their values stay in the nearest cache until they are added up.</summary>
    public const int BlockRows = 1024;

    private readonly TransactionColumns _transactions;
    private readonly CreditingScheme _crediting;
    private readonly IReadOnlyList<PopulationMeasure> _measures;
    private readonly CompiledMeasures _compiled;
    private readonly PeriodMap _periods;
    private readonly int[] _periodCodes;
    private readonly CodeColumn[] _columns;
    private readonly int _stride;

    /// <summary>
    /// Compiles the measures for these transactions. Throws <see cref="ArgumentException"/> for a column or attribute that is not
    /// there, tables that do not fit their dimension, or more decimals than <see cref="NumberColumn.MaxScale"/>.
    /// </summary>
    public PopulationCalculation(
        TransactionColumns transactions, PeriodMap periods, CreditingScheme crediting, IReadOnlyList<PopulationMeasure> measures)
    {
        ArgumentOutOfRangeException.ThrowIfZero(measures.Count);
        (_transactions, _periods, _crediting, _measures) = (transactions, periods, crediting, measures);
        _periodCodes = Code(periods.Column, periods.PeriodOfCode).Codes;
        // Paths that read the same column share its sums: roll-up costs nothing for each transaction.
        _columns = [.. crediting.Paths.Select(p => Code(p.Column, p.PayeeOfCode)).Distinct()];
        _compiled = MeasureCompiler.Compile(transactions, measures);
        _stride = Cells.StrideOf(_compiled.Count);
        if (_compiled.Scales.Max() + crediting.ShareScale > NumberColumn.MaxScale)
        {
            throw new ArgumentException($"A credit has more than {NumberColumn.MaxScale} decimals.", nameof(measures));
        }
    }

    public MeasurementSums StartSums() =>
        new([.. _columns.Select(c => checked(c.Dimension.Count * _periods.Periods * _stride))], _stride);

    /// <summary>Adds the measures of rows <c>[from, to)</c>. Every row must be added once; who adds it and when does not matter.</summary>
    /// <exception cref="OverflowException">A value or a sum does not fit 64 bits; the sums are of no use then.</exception>
    public void Accumulate(MeasurementSums sums, int from, int to)
    {
        Require(from, to, _transactions.Rows);
        for (; from < to; from += BlockRows)
        {
            var rows = Math.Min(BlockRows, to - from);
            Measure(from, rows, sums.Values, _stride, sums.Periods);
            var isSafe = sums.HasRoomFor(rows);
            for (var i = 0; i < _columns.Length; i++)
            {
                Cells.Add(sums.Groups[i], _columns[i].Codes.AsSpan(from, rows), sums.Periods, _periods.Periods, sums.Values, _stride, isSafe);
            }
        }
    }

    /// <summary>Applies shares and hierarchy to the sums of all workers, which together hold every row once.</summary>
    /// <exception cref="OverflowException">A measurement does not fit 64 bits.</exception>
    public MeasurementCube ToCube(IReadOnlyList<MeasurementSums> parts)
    {
        var width = _periods.Periods * _compiled.Count;
        var cube = new long[checked(_crediting.Payees * width)];
        long[][] totals = [.. _columns.Select((_, i) => MeasurementSums.Total(parts, i))];
        foreach (var path in _crediting.Paths)
        {
            var totalOfColumn = totals[Array.FindIndex(_columns, c => c.Name == path.Column)];
            for (var code = 0; code < path.PayeeOfCode.Length; code++)
            {
                if (path.PayeeOfCode[code] >= 0)
                {
                    AddShare(cube.AsSpan(path.PayeeOfCode[code] * width, width), totalOfColumn.AsSpan(code * _periods.Periods * _stride), path.Factor);
                }
            }
        }
        return Cube(cube);
    }

    /// <summary>An empty ledger with room for every credit these transactions can have.</summary>
    public CreditLedger StartLedger() =>
        new(_transactions.Rows, [.. _crediting.Paths.Select(p => p.Origin)], _crediting.Payees, _periods.Periods, _compiled.Count, Cube);

    /// <summary>
    /// Writes the credits of blocks <c>[fromBlock, toBlock)</c> into the ledger. Every block must be written once; disjoint blocks may
    /// be written at the same time.
    /// </summary>
    /// <exception cref="OverflowException">A credit does not fit 64 bits; the ledger is of no use then.</exception>
    public void Credit(CreditLedger ledger, int fromBlock, int toBlock)
    {
        Require(fromBlock, toBlock, ledger.Blocks);
        var values = new long[BlockRows * _compiled.Count];
        var periods = new int[BlockRows];
        for (var block = fromBlock; block < toBlock; block++)
        {
            var from = block * BlockRows;
            var rows = Math.Min(BlockRows, _transactions.Rows - from);
            Measure(from, rows, values, _compiled.Count, periods);
            var writer = ledger.Begin(block);
            for (var path = 0; path < _crediting.Paths.Length; path++)
            {
                var way = _crediting.Paths[path];
                writer.Write((byte)path, from, _transactions.Code(way.Column).Codes.AsSpan(from, rows), way.PayeeOfCode, way.Factor, periods, values);
            }
            writer.End();
        }
    }

    private MeasurementCube Cube(long[] sums) => new(
        _crediting.Payees, _periods.Periods, _measures, [.. _compiled.Scales.Select(s => s + _crediting.ShareScale)], sums);

    private void Measure(int from, int rows, long[] values, int stride, int[] periods)
    {
        _compiled.Run(from, from + rows, values, stride);
        var codes = _periodCodes.AsSpan(from, rows);
        for (var i = 0; i < codes.Length; i++)
        {
            periods[i] = _periods.PeriodOfCode[codes[i]];
        }
    }

    private void AddShare(Span<long> to, ReadOnlySpan<long> sums, long factor)
    {
        var measures = _compiled.Count;
        for (var cell = 0; cell * measures < to.Length; cell++)
        {
            for (var k = 0; k < measures; k++)
            {
                ref var sum = ref to[(cell * measures) + k];
                sum = checked(sum + (sums[(cell * _stride) + k] * factor));
            }
        }
    }

    private CodeColumn Code(string name, int[] tableOfCode)
    {
        var column = _transactions.Code(name);
        return tableOfCode.Length == column.Dimension.Count
            ? column
            : throw new ArgumentException($"{name} has {column.Dimension.Count} codes, its table {tableOfCode.Length}.", nameof(name));
    }

    private static void Require(int from, int to, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, count);
    }
}
