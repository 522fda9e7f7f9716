using Spm.Compensation.Population;

namespace Spm.Compensation.Tests.Population;

/// <summary>
/// A small random company: transactions, dimensions, a hierarchy, relations with and without payees, random measures. Amounts are
/// small enough that the finest measure with the finest share still fits 64 bits.
/// </summary>
internal sealed class RandomPopulation
{
    private const int Reps = 7;
    private const int Lines = 4;
    private const int Days = 10;
    private const int PeriodCount = 3;

    private readonly Random _random;
    private readonly long[] _amounts;
    private readonly int[] _reps;
    private readonly int[] _lines;
    private readonly int[] _days;
    private readonly long[] _margins;
    private readonly int[] _periodOfDay;
    private readonly int[] _managerOf;
    private readonly CreditRelation[] _relations;
    private readonly decimal _rollUp;

    public RandomPopulation(int seed)
    {
        _random = new Random(seed);
        // More than two blocks, so that pieces begin and end inside of them.
        var rows = _random.Next(0, 2500);
        _amounts = Many(rows, () => _random.NextInt64(-30_000, 30_000));
        _reps = Many(rows, () => _random.Next(Reps));
        _lines = Many(rows, () => _random.Next(Lines));
        _days = Many(rows, () => _random.Next(Days));
        _margins = Many(Lines, () => _random.NextInt64(-20, 80));
        _periodOfDay = Many(Days, () => _random.Next(-1, PeriodCount));
        // Everybody reports to somebody of a higher number, or to nobody.
        _managerOf = [.. Enumerable.Range(0, Payees).Select(p => _random.Next(3) == 0 || p == Payees - 1 ? -1 : _random.Next(p + 1, Payees))];
        _rollUp = _random.Next(2) == 0 ? 100m : 12.5m;
        _relations =
        [
            new("direct", "rep", Many(Reps, () => _random.Next(-1, Payees)), 100, true),
            new("overlay", "line", Many(Lines, () => _random.Next(-1, Payees)), _random.Next(1, 101), _random.Next(2) == 0),
        ];
        Transactions = new(
            rows, [new NumberColumn("amount", _amounts, 2)],
            [
                new CodeColumn("rep", new Dimension("rep", Reps), _reps),
                new CodeColumn("line", new Dimension("line", Lines, new NumberColumn("margin", _margins, 2)), _lines),
                new CodeColumn("day", new Dimension("day", Days), _days),
            ]);
        Measures = [new("one", Term(0)), new("two", Term(2))];
        Calculation = new(Transactions, new PeriodMap("day", _periodOfDay, PeriodCount), new CreditingScheme(Payees, _relations, _managerOf, _rollUp), Measures);
    }

    public static int Payees => 12;

    public TransactionColumns Transactions { get; }

    public PopulationMeasure[] Measures { get; }

    public PopulationCalculation Calculation { get; }

    /// <summary>Every credit one by one in decimals, each rep's managers walked again for every transaction.</summary>
    public decimal[] Naive()
    {
        var sums = new decimal[Payees * PeriodCount * Measures.Length];
        for (var row = 0; row < Transactions.Rows; row++)
        {
            foreach (var relation in _relations)
            {
                var payee = relation.PayeeOfCode[relation.Column == "rep" ? _reps[row] : _lines[row]];
                for (var share = relation.SharePercent / 100m; payee >= 0 && _periodOfDay[_days[row]] >= 0; share = relation.SharePercent * _rollUp / 10_000m)
                {
                    for (var k = 0; k < Measures.Length; k++)
                    {
                        sums[(((payee * PeriodCount) + _periodOfDay[_days[row]]) * Measures.Length) + k] += share * Value(Measures[k].Value, row);
                    }
                    payee = relation.RollsUp ? _managerOf[payee] : -1;
                }
            }
        }
        return sums;
    }

    public MeasurementCube Aggregated(int pieces)
    {
        MeasurementSums[] sums = Many(pieces, Calculation.StartSums);
        var cuts = Cuts(Transactions.Rows, pieces * 2);
        foreach (var i in Enumerable.Range(0, cuts.Length - 1).OrderBy(_ => _random.Next()))
        {
            Calculation.Accumulate(sums[i % pieces], cuts[i], cuts[i + 1]);
        }
        return Calculation.ToCube(sums);
    }

    public (CreditLedger Ledger, MeasurementCube Cube) ByLedger(int pieces)
    {
        var ledger = Calculation.StartLedger();
        var cuts = Cuts(ledger.Blocks, pieces);
        for (var i = cuts.Length - 2; i >= 0; i--)
        {
            Calculation.Credit(ledger, cuts[i], cuts[i + 1]);
        }
        MeasurementSums[] sums = Many(pieces, ledger.StartSums);
        for (var block = 0; block < ledger.Blocks; block++)
        {
            ledger.Accumulate(sums[_random.Next(pieces)], block, block + 1);
        }
        return (ledger, ledger.ToCube(sums));
    }

    public static IEnumerable<decimal> All(MeasurementCube cube) =>
        from payee in Enumerable.Range(0, cube.Payees)
        from period in Enumerable.Range(0, cube.Periods)
        from measure in Enumerable.Range(0, cube.Measures.Count)
        select cube.Measurement(payee, period, measure);

    private decimal Value(NumberTerm term, int row) => term switch
    {
        ColumnTerm => _amounts[row] / 100m,
        AttributeTerm => _margins[_lines[row]] / 100m,
        ConstantTerm constant => constant.Value,
        ArithmeticTerm { Operation: Arithmetic.Add } sum => Value(sum.Left, row) + Value(sum.Right, row),
        ArithmeticTerm { Operation: Arithmetic.Subtract } rest => Value(rest.Left, row) - Value(rest.Right, row),
        ArithmeticTerm product => Value(product.Left, row) * Value(product.Right, row),
        IfTerm choice => Value(Holds(choice.Condition, row) ? choice.Then : choice.Otherwise, row),
        _ => throw new ArgumentOutOfRangeException(nameof(term)),
    };

    private bool Holds(ConditionTerm term, int row) => term switch
    {
        ComparisonTerm c => Value(c.Left, row).CompareTo(Value(c.Right, row)) is var order && c.Comparison switch
        {
            Comparison.Less => order < 0,
            Comparison.AtMost => order <= 0,
            Comparison.Equal => order == 0,
            Comparison.AtLeast => order >= 0,
            _ => order > 0,
        },
        AndTerm and => Holds(and.Left, row) && Holds(and.Right, row),
        OrTerm or => Holds(or.Left, row) || Holds(or.Right, row),
        NotTerm not => !Holds(not.Condition, row),
        _ => throw new ArgumentOutOfRangeException(nameof(term)),
    };

    /// <summary>At most one product deep: two would leave too few digits for the sums to be compared in decimals of 28.</summary>
    private NumberTerm Term(int depth) => depth == 0
        ? _random.Next(3) switch
        {
            0 => new ColumnTerm("amount"),
            1 => new AttributeTerm("line", "margin"),
            _ => new ConstantTerm(_random.Next(-500, 500) / 10m),
        }
        : _random.Next(4) switch
        {
            0 => Term(depth - 1) + Term(depth - 1),
            1 => Term(depth - 1) - Term(depth - 1),
            2 => Term(0) * Term(0),
            _ => new IfTerm(Condition(1), Term(depth - 1), Term(depth - 1)),
        };

    private ConditionTerm Condition(int depth) => (depth == 0 ? 0 : _random.Next(4)) switch
    {
        0 => new ComparisonTerm((Comparison)_random.Next(5), Term(0), Term(0)),
        1 => new AndTerm(Condition(0), Condition(0)),
        2 => new OrTerm(Condition(0), Condition(0)),
        _ => new NotTerm(Condition(0)),
    };

    private int[] Cuts(int length, int pieces) => [0, .. Many(pieces - 1, () => _random.Next(length + 1)).Order(), length];

    private static T[] Many<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
}
