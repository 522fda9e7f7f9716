namespace Spm.Compensation.Population;

/// <summary>A credit as a ledger row. Values are one a measure, at the scale of the cube's.</summary>
/// <param name="Transaction">Row of the transaction, from 0.</param>
public sealed record LedgerCredit(int Transaction, int Payee, CreditOrigin Origin, int Period, IReadOnlyList<long> Values);

/// <summary>
/// Every credit of a population, one row each, in columns: transaction, payee, origin, period and the values of all measures.
/// Rows stand in blocks of <see cref="PopulationCalculation.BlockRows"/> transactions, so that threads write without asking each other
/// where; a block has room for the most credits its transactions can have and knows how many it holds.
/// </summary>
public sealed class CreditLedger
{
    private readonly CreditOrigin[] _origins;
    private readonly int _payees;
    private readonly int _periods;
    private readonly int _measures;
    private readonly Func<long[], MeasurementCube> _toCube;
    private readonly int[] _rowsOfBlock;
    private readonly int[] _transaction;
    private readonly int[] _payee;
    private readonly byte[] _origin;
    private readonly byte[] _period;
    private readonly long[] _values;

    internal CreditLedger(int transactions, CreditOrigin[] origins, int payees, int periods, int measures, Func<long[], MeasurementCube> toCube)
    {
        (_origins, _payees, _periods, _measures, _toCube) = (origins, payees, periods, measures, toCube);
        var rows = (long)transactions * origins.Length;
        if (rows * measures > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(transactions), transactions, $"{rows} credits of {measures} measures are more than one ledger holds.");
        }
        _rowsOfBlock = new int[(transactions + PopulationCalculation.BlockRows - 1) / PopulationCalculation.BlockRows];
        // Not cleared: a row is read only after it has been written, and clearing would cost as much as writing.
        _transaction = GC.AllocateUninitializedArray<int>((int)rows);
        _payee = GC.AllocateUninitializedArray<int>((int)rows);
        _origin = GC.AllocateUninitializedArray<byte>((int)rows);
        _period = GC.AllocateUninitializedArray<byte>((int)rows);
        _values = GC.AllocateUninitializedArray<long>((int)rows * measures);
    }

    public int Blocks => _rowsOfBlock.Length;

    public long Credits => _rowsOfBlock.Sum(r => (long)r);

    public MeasurementSums StartSums() => new([checked(_payees * _periods * _measures)], _measures);

    /// <summary>Adds the credits of blocks <c>[fromBlock, toBlock)</c> to one worker's sums.</summary>
    /// <exception cref="OverflowException">A measurement does not fit 64 bits.</exception>
    public void Accumulate(MeasurementSums sums, int fromBlock, int toBlock)
    {
        var cells = sums.Groups[0];
        for (var block = fromBlock; block < toBlock; block++)
        {
            var (first, count) = (FirstRow(block), _rowsOfBlock[block]);
            var payees = _payee.AsSpan(first, count);
            var periods = _period.AsSpan(first, count);
            var values = _values.AsSpan(first * _measures, count * _measures);
            for (var i = 0; i < payees.Length; i++)
            {
                var cell = cells.AsSpan(((payees[i] * _periods) + periods[i]) * _measures, _measures);
                var value = values.Slice(i * _measures, _measures);
                for (var k = 0; k < cell.Length; k++)
                {
                    cell[k] = checked(cell[k] + value[k]);
                }
            }
        }
    }

    /// <summary>The measurements, from the sums of all workers, which together hold every block once.</summary>
    public MeasurementCube ToCube(IReadOnlyList<MeasurementSums> parts) => _toCube(MeasurementSums.Total(parts, 0));

    /// <summary>The credits behind one measurement, in the order of blocks, origins and transactions: their values sum to it.</summary>
    public IEnumerable<LedgerCredit> CreditsOf(int payee, int period)
    {
        for (var block = 0; block < _rowsOfBlock.Length; block++)
        {
            var end = FirstRow(block) + _rowsOfBlock[block];
            for (var row = Next(payee, FirstRow(block), end); row < end; row = Next(payee, row + 1, end))
            {
                if (_period[row] == period)
                {
                    yield return new(_transaction[row], payee, _origins[_origin[row]], period, _values[(row * _measures)..((row + 1) * _measures)]);
                }
            }
        }
    }

    internal BlockWriter Begin(int block) => new(this, block);

    private int FirstRow(int block) => block * PopulationCalculation.BlockRows * _origins.Length;

    private int Next(int payee, int row, int end)
    {
        var found = _payee.AsSpan(row, end - row).IndexOf(payee);
        return found < 0 ? end : row + found;
    }

    /// <summary>Writes one block, path after path.</summary>
    internal ref struct BlockWriter(CreditLedger ledger, int block)
    {
        private readonly int _first = ledger.FirstRow(block);
        private int _row = ledger.FirstRow(block);

        /// <summary>The credits of one path: of each transaction whose code has a payee and which lies in a period.</summary>
        public void Write(
            byte origin, int firstTransaction, ReadOnlySpan<int> codes, int[] payeeOfCode, long factor, ReadOnlySpan<int> periods, ReadOnlySpan<long> values)
        {
            var measures = ledger._measures;
            var start = _row;
            var transactions = ledger._transaction.AsSpan(start);
            var payees = ledger._payee.AsSpan(start);
            var periodsOf = ledger._period.AsSpan(start);
            var written = 0;
            for (var i = 0; i < codes.Length; i++)
            {
                var payee = payeeOfCode[codes[i]];
                if (payee >= 0 && periods[i] >= 0)
                {
                    transactions[written] = firstTransaction + i;
                    payees[written] = payee;
                    periodsOf[written] = (byte)periods[i];
                    written++;
                }
            }
            ledger._origin.AsSpan(start, written).Fill(origin);
            var credits = ledger._values.AsSpan(start * measures, written * measures);
            for (var row = 0; row < written; row++)
            {
                var value = values.Slice((transactions[row] - firstTransaction) * measures, measures);
                var credit = credits.Slice(row * measures, measures);
                for (var k = 0; k < credit.Length; k++)
                {
                    credit[k] = checked(value[k] * factor);
                }
            }
            _row += written;
        }

        public readonly void End() => ledger._rowsOfBlock[block] = _row - _first;
    }
}
