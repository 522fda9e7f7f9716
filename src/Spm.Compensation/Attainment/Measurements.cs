namespace Spm.Compensation.Attainment;

/// <summary>All measurements of one subject: a sorted array of small structs, a few dozen a fiscal year.</summary>
public sealed class Measurements
{
    private readonly record struct Cell(int Month, int Measure) : IComparable<Cell>
    {
        public int CompareTo(Cell other) => Month != other.Month ? Month.CompareTo(other.Month) : Measure.CompareTo(other.Measure);
    }

    private Cell[] _cells = [];
    private Measurement[] _values = [];
    private int _count;

    public int Count => _count;

    public Measurement this[int measure, int month] =>
        Find(new Cell(month, measure)) is >= 0 and var i ? _values[i] : default;

    /// <summary>The latest month in which a credit counts; null when there is none.</summary>
    public int? LastMonth
    {
        get
        {
            for (var i = _count - 1; i >= 0; i--)
            {
                if (!_values[i].IsEmpty)
                {
                    return _cells[i].Month;
                }
            }
            return null;
        }
    }

    public void Add(int measure, int month, in Measurement change)
    {
        var cell = new Cell(month, measure);
        var i = Find(cell);
        if (i < 0)
        {
            Insert(i = ~i, cell);
        }
        _values[i].Add(change);
    }

    public IEnumerable<(int Measure, int Month, Measurement Value)> All()
    {
        for (var i = 0; i < _count; i++)
        {
            yield return (_cells[i].Measure, _cells[i].Month, _values[i]);
        }
    }

    private int Find(Cell cell) => Array.BinarySearch(_cells, 0, _count, cell);

    private void Insert(int at, Cell cell)
    {
        if (_count == _cells.Length)
        {
            var size = Math.Max(4, _count + _count / 2);
            Array.Resize(ref _cells, size);
            Array.Resize(ref _values, size);
        }
        Array.Copy(_cells, at, _cells, at + 1, _count - at);
        Array.Copy(_values, at, _values, at + 1, _count - at);
        _cells[at] = cell;
        _values[at] = default;
        _count++;
    }
}
