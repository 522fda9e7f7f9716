using System.Diagnostics;
using Spm.Compensation.Engine;
using Spm.Compensation.Quotas;

namespace Spm.Bench.Reference;

/// <summary>
/// One rep of the reference plan by the engine: a year of 500 credits calculated from scratch, and one more credit on top of a year that stands.
/// The medians of batches and the bytes allocated for each.
/// </summary>
internal static class RepBench
{
    private const int Credits = 500;
    private const int Batches = 60;
    private const int PerBatch = 200;

    public static int Run()
    {
        var rep = new OneRep();
        Print($"{Credits} credits from scratch", 50, "none", Measure(rep.FromScratch));
        Print("one more credit", 5, "0 B", Measure(rep.OneMore));
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

    private sealed class OneRep
    {
        private readonly CreditLine[] _lines;
        private readonly RepYear _year;
        private readonly RepYearInputs _inputs;
        private readonly CreditLine _more;

        public OneRep()
        {
            var data = new ReferenceData(new ReferenceSize("rep", Credits, 1000, null, null), ReferenceSize.Seed);
            _lines = [.. Enumerable.Range(0, Credits).Select(i => Line(data, i))];
            // Of December and of an ordinary line: it changes the last month alone, as most credits do.
            _more = Line(data, 1) with { Transaction = "more", Date = new DateOnly(2025, 12, 15), Amount = 12.34m };
            var plan = ReferencePlan.Rules;
            var quotas = new Dictionary<(int, string), decimal>();
            foreach (var month in ReferencePayouts.Year.Months)
            {
                (quotas[(0, month.Id)], quotas[(1, month.Id)], quotas[(2, month.Id)]) = (20_000m, 10m, 7_000m);
            }
            PlanPaying[] plans = [.. Enumerable.Repeat(new PlanPaying(plan, plan.Versions[0]), ReferenceSize.Months)];
            _inputs = new RepYearInputs(ReferencePayouts.Year, new RepProfile("rep"), plans, new QuotaBook(quotas));
            _year = new RepYear(_inputs);
            FromScratch();
        }

        public void FromScratch()
        {
            _year.Restart(_inputs);
            for (var i = 0; i < _lines.Length; i++)
            {
                _year.Add(_lines[i]);
            }
            _year.Calculate();
        }

        public void OneMore()
        {
            _year.Add(_more);
            _year.Calculate();
        }

        private static CreditLine Line(ReferenceData data, int i) => new()
        {
            Transaction = $"T{i}",
            Date = new DateOnly(2025, 1, 1).AddDays(data.Day[i]),
            Amount = data.Cents[i] / 100m,
            Quantity = 1m,
            Facts = new FactSet(new Dictionary<string, object>
            {
                ["strategic"] = (decimal)data.Strategic[data.Line[i]],
                ["margin"] = data.MarginPercent[data.Line[i]] / 100m,
            }),
        };
    }
}
