using System.Diagnostics;
using Spm.Compensation.Population;

namespace Spm.Bench.Reference;

/// <summary>
/// One rep: a year of 500 credits calculated from scratch, and one more credit on top of a year that stands. Measures whatever
/// <see cref="IRepYearEvaluator"/> is given; the medians of batches and the bytes allocated for each.
/// </summary>
internal static class RepBench
{
    private const int Credits = 500;
    private const int Batches = 60;
    private const int PerBatch = 200;

    public static int Run()
    {
        var year = new RepYear(new StepEvaluator(ReferencePlan.Rates));
        Print($"{Credits} credits from scratch", 50, "none", Measure(year.FromScratch));
        Print("one more credit", 5, "0 B", Measure(year.OneMore));
        return 0;
    }

    private static (double Microseconds, double Bytes) Measure(Action work)
    {
        var took = new double[Batches];
        var bytes = 0L;
        for (var batch = -Batches; batch < Batches; batch++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < PerBatch; i++)
            {
                work();
            }
            if (batch >= 0)
            {
                took[batch] = Stopwatch.GetElapsedTime(started).TotalMicroseconds / PerBatch;
                bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
            }
        }
        return (took.Order().ElementAt(Batches / 2), (double)bytes / Batches / PerBatch);
    }

    private static void Print(string name, int aim, string bytesAim, (double Microseconds, double Bytes) measured) =>
        Console.WriteLine($"{name,-26} {measured.Microseconds,8:0.00} µs (aim {aim} µs)   {measured.Bytes,8:0} B allocated (aim {bytesAim})");

    /// <summary>A rep's year as the reference plan has it: measures and shares applied to each credit, months summed, components evaluated.</summary>
    private sealed class RepYear
    {
        private readonly IRepYearEvaluator _evaluator;
        private readonly PopulationCalculation _calculation;
        private readonly MeasurementSums _sums;
        private readonly decimal[] _measurements = new decimal[ReferenceSize.Months * 3];
        private readonly decimal[] _quotas = new decimal[ReferenceSize.Months * 3];
        private readonly RepMonth[] _months = new RepMonth[ReferenceSize.Months];

        public RepYear(IRepYearEvaluator evaluator)
        {
            _evaluator = evaluator;
            var data = new ReferenceData(new ReferenceSize("rep", Credits, 1000, null, null), ReferenceSize.Seed);
            Array.Clear(data.Rep);
            var rep = new Dimension("rep", 1);
            var line = new Dimension("line", ReferenceSize.Lines, new NumberColumn("margin", data.MarginPercent, 2), new NumberColumn("strategic", data.Strategic, 0));
            var columns = new TransactionColumns(
                Credits, [new NumberColumn("amount", data.Cents, 2)],
                [new CodeColumn("rep", rep, data.Rep), new CodeColumn("line", line, data.Line), new CodeColumn("day", new Dimension("day", 365), data.Day)]);
            var crediting = new CreditingScheme(1, [new CreditRelation("direct", "rep", [0], 100, RollsUp: false)], []);
            _calculation = new PopulationCalculation(columns, ReferencePlan.Months(), crediting, ReferencePlan.Measures);
            _sums = _calculation.StartSums();
            for (var i = 0; i < _quotas.Length; i++)
            {
                _quotas[i] = i % 3 == 0 ? 20_000m : i % 3 == 1 ? 10m : 7_000m;
            }
            FromScratch();
        }

        public void FromScratch()
        {
            _sums.Clear();
            _calculation.Accumulate(_sums, 0, Credits);
            var cube = _calculation.ToCube([_sums]);
            for (var i = 0; i < _measurements.Length; i++)
            {
                _measurements[i] = cube.Measurement(0, i / 3, i % 3);
            }
            _evaluator.Evaluate(_measurements, _quotas, _months);
        }

        /// <summary>A credit of December: 12.34 of an ordinary line at 35 % margin.</summary>
        public void OneMore()
        {
            _measurements[^3] += 12.34m;
            _measurements[^1] += 4.319m;
            _evaluator.Evaluate(_measurements, _quotas, _months);
        }
    }
}
