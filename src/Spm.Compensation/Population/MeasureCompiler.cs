using System.Linq.Expressions;

namespace Spm.Compensation.Population;

/// <summary>The measures of rows <c>[from, to)</c>, side by side: those of row <c>from + i</c> begin at <c>i * stride</c>.</summary>
internal delegate void MeasureLoop(long[][] numbers, int[][] codes, long[][] attributes, int from, int to, long[] values, int stride);

/// <summary>
/// Turns measures into one loop over whole numbers. Scales are settled here, once; what is left for each row is checked integer
/// arithmetic, so that a value too large for 64 bits throws <see cref="OverflowException"/> and never wraps.
/// </summary>
internal sealed class MeasureCompiler(TransactionColumns transactions)
{
    private readonly List<(NumberColumn Column, ParameterExpression Array, ParameterExpression Value)> _numbers = [];
    private readonly List<(CodeColumn Column, ParameterExpression Array, ParameterExpression Value)> _codes = [];
    private readonly List<(NumberColumn Column, ParameterExpression Array, ParameterExpression Value, ParameterExpression Code)> _attributes = [];

    /// <summary>A value and the power of ten its units stand for: 1234 at scale 2 is 12.34.</summary>
    private readonly record struct Scaled(Expression Value, int Scale);

    /// <summary>Throws <see cref="ArgumentException"/> for a name the transactions do not have, or more than 18 decimals.</summary>
    public static CompiledMeasures Compile(TransactionColumns transactions, IReadOnlyList<PopulationMeasure> measures) =>
        new MeasureCompiler(transactions).Compile(measures);

    private CompiledMeasures Compile(IReadOnlyList<PopulationMeasure> measures)
    {
        Scaled[] terms = [.. measures.Select(m => Number(m.Value))];
        var numbers = Expression.Parameter(typeof(long[][]));
        var codes = Expression.Parameter(typeof(int[][]));
        var attributes = Expression.Parameter(typeof(long[][]));
        var from = Expression.Parameter(typeof(int));
        var to = Expression.Parameter(typeof(int));
        var values = Expression.Parameter(typeof(long[]));
        var stride = Expression.Parameter(typeof(int));
        var at = Expression.Variable(typeof(int));
        var done = Expression.Label();

        List<Expression> row = [Expression.IfThen(Expression.GreaterThanOrEqual(from, to), Expression.Break(done))];
        row.AddRange(_numbers.Select(n => Expression.Assign(n.Value, Expression.ArrayIndex(n.Array, from))));
        row.AddRange(_codes.Select(c => Expression.Assign(c.Value, Expression.ArrayIndex(c.Array, from))));
        row.AddRange(_attributes.Select(a => Expression.Assign(a.Value, Expression.ArrayIndex(a.Array, a.Code))));
        row.AddRange(terms.Select((t, k) => Expression.Assign(Expression.ArrayAccess(values, Expression.Add(at, Expression.Constant(k))), t.Value)));
        row.Add(Expression.AddAssign(at, stride));
        row.Add(Expression.PreIncrementAssign(from));

        List<Expression> body = [];
        body.AddRange(_numbers.Select((n, i) => Expression.Assign(n.Array, Expression.ArrayIndex(numbers, Expression.Constant(i)))));
        body.AddRange(_codes.Select((c, i) => Expression.Assign(c.Array, Expression.ArrayIndex(codes, Expression.Constant(i)))));
        body.AddRange(_attributes.Select((a, i) => Expression.Assign(a.Array, Expression.ArrayIndex(attributes, Expression.Constant(i)))));
        body.Add(Expression.Loop(Expression.Block(row), done));

        IEnumerable<ParameterExpression> locals =
            [.. _numbers.SelectMany(n => new[] { n.Array, n.Value }), .. _codes.SelectMany(c => new[] { c.Array, c.Value }),
                .. _attributes.SelectMany(a => new[] { a.Array, a.Value }), at];
        var loop = Expression.Lambda<MeasureLoop>(Expression.Block(locals, body), numbers, codes, attributes, from, to, values, stride).Compile();
        return new CompiledMeasures(
            loop, [.. _numbers.Select(n => n.Column.Values)], [.. _codes.Select(c => c.Column.Codes)], [.. _attributes.Select(a => a.Column.Values)],
            [.. terms.Select(t => t.Scale)]);
    }

    private Scaled Number(NumberTerm term) => term switch
    {
        ColumnTerm column => Column(transactions.Number(column.Column)),
        AttributeTerm attribute => Attribute(transactions.Code(attribute.Column), attribute.Attribute),
        ConstantTerm constant => Constant(constant.Value),
        ArithmeticTerm { Operation: Arithmetic.Multiply } product => Product(Number(product.Left), Number(product.Right)),
        ArithmeticTerm sum => Sum(sum.Operation, Align(Number(sum.Left), Number(sum.Right))),
        IfTerm choice => Choice(Condition(choice.Condition), Align(Number(choice.Then), Number(choice.Otherwise))),
        _ => throw new ArgumentOutOfRangeException(nameof(term), term, null),
    };

    private Expression Condition(ConditionTerm term) => term switch
    {
        ComparisonTerm comparison => Compare(comparison.Comparison, Align(Number(comparison.Left), Number(comparison.Right))),
        AndTerm and => Expression.AndAlso(Condition(and.Left), Condition(and.Right)),
        OrTerm or => Expression.OrElse(Condition(or.Left), Condition(or.Right)),
        NotTerm not => Expression.Not(Condition(not.Condition)),
        _ => throw new ArgumentOutOfRangeException(nameof(term), term, null),
    };

    private Scaled Column(NumberColumn column)
    {
        var at = _numbers.FindIndex(n => n.Column.Name == column.Name);
        if (at < 0)
        {
            at = _numbers.Count;
            _numbers.Add((column, Expression.Variable(typeof(long[])), Expression.Variable(typeof(long))));
        }
        return new(_numbers[at].Value, column.Scale);
    }

    private Scaled Attribute(CodeColumn codes, string name)
    {
        var attribute = codes.Dimension.Attribute(name);
        var code = Code(codes);
        var at = _attributes.FindIndex(a => a.Code == code && a.Column.Name == name);
        if (at < 0)
        {
            at = _attributes.Count;
            _attributes.Add((attribute, Expression.Variable(typeof(long[])), Expression.Variable(typeof(long)), code));
        }
        return new(_attributes[at].Value, attribute.Scale);
    }

    private ParameterExpression Code(CodeColumn column)
    {
        var at = _codes.FindIndex(c => c.Column.Name == column.Name);
        if (at < 0)
        {
            at = _codes.Count;
            _codes.Add((column, Expression.Variable(typeof(int[])), Expression.Variable(typeof(int))));
        }
        return _codes[at].Value;
    }

    private static Scaled Constant(decimal value)
    {
        var scale = 0;
        while (value != decimal.Truncate(value))
        {
            value *= 10m;
            scale++;
        }
        return Bounded(new(Expression.Constant((long)value), scale));
    }

    private static Scaled Product(Scaled left, Scaled right) =>
        Bounded(new(Expression.MultiplyChecked(left.Value, right.Value), left.Scale + right.Scale));

    private static Scaled Sum(Arithmetic operation, (Expression Left, Expression Right, int Scale) both) =>
        new(operation == Arithmetic.Add ? Expression.AddChecked(both.Left, both.Right) : Expression.SubtractChecked(both.Left, both.Right), both.Scale);

    private static Scaled Choice(Expression condition, (Expression Left, Expression Right, int Scale) both) =>
        new(Expression.Condition(condition, both.Left, both.Right), both.Scale);

    private static BinaryExpression Compare(Comparison comparison, (Expression Left, Expression Right, int Scale) both) => comparison switch
    {
        Comparison.Less => Expression.LessThan(both.Left, both.Right),
        Comparison.AtMost => Expression.LessThanOrEqual(both.Left, both.Right),
        Comparison.Equal => Expression.Equal(both.Left, both.Right),
        Comparison.AtLeast => Expression.GreaterThanOrEqual(both.Left, both.Right),
        Comparison.More => Expression.GreaterThan(both.Left, both.Right),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };

    private static (Expression Left, Expression Right, int Scale) Align(Scaled left, Scaled right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return (Finer(left, scale), Finer(right, scale), scale);
    }

    private static Expression Finer(Scaled term, int scale) =>
        term.Scale == scale ? term.Value : Expression.MultiplyChecked(term.Value, Expression.Constant(ScaledNumbers.PowerOfTen(scale - term.Scale)));

    private static Scaled Bounded(Scaled term) => term.Scale <= NumberColumn.MaxScale
        ? term
        : throw new ArgumentException($"A measure has {term.Scale} decimals; {NumberColumn.MaxScale} are the most.");
}

/// <summary>A compiled loop with the arrays it reads and the scale of each measure.</summary>
internal sealed record CompiledMeasures(MeasureLoop Loop, long[][] Numbers, int[][] Codes, long[][] Attributes, int[] Scales)
{
    public int Count => Scales.Length;

    /// <param name="stride">From the first measure of a row to that of the next.</param>
    public void Run(int from, int to, long[] values, int stride) => Loop(Numbers, Codes, Attributes, from, to, values, stride);
}
