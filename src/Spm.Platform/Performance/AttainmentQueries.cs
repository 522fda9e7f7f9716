using System.Globalization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Performance;

/// <summary>Where an attainment stands in the list: by rep, measure and period.</summary>
/// <param name="Rep">In the order of creation.</param>
public readonly record struct AttainmentKey(int Rep, int Measure, string Period)
{
    public static readonly AttainmentKey Start = new(-1, -1, "");

    public static readonly AttainmentKey End = new(int.MaxValue, int.MaxValue, "");

    internal static int Compare(AttainmentKey a, AttainmentKey b) =>
        a.Rep != b.Rep ? a.Rep.CompareTo(b.Rep)
        : a.Measure != b.Measure ? a.Measure.CompareTo(b.Measure)
        : string.CompareOrdinal(a.Period, b.Period);
}

/// <summary>
/// Credits against quotas, for every rep that has one. Measurements are read from the store, where they change in the same commit as
/// the credits: one query for a page, however many reps are on it.
/// </summary>
public sealed class AttainmentQueries(TenantDirectory tenants, SpmStore store)
{
    private readonly record struct Target(AttainmentKey Key, FiscalPeriod Span, decimal Quota);

    public static readonly Keyset<(AttainmentKey Key, AttainmentView View), AttainmentKey> Keys = new(
        "attainments", 3, AttainmentKey.Start, AttainmentKey.End, r => r.Key, k => [k.Rep, k.Measure, k.Period],
        p => int.TryParse(p[0], CultureInfo.InvariantCulture, out var rep) && int.TryParse(p[1], CultureInfo.InvariantCulture, out var measure) ? new AttainmentKey(rep, measure, p[2]) : null,
        Comparer<AttainmentKey>.Create(AttainmentKey.Compare));

    /// <param name="period">Quotas of exactly this span, also those that its parts add up to. Every quota as it was set when left out.</param>
    /// <param name="credits">Which credits count, separated by commas: direct (when left out), overlay, roll_up.</param>
    public Result<IReadOnlyList<(AttainmentKey Key, AttainmentView View)>> List(
        Caller caller, string? period, string? measure, string? rep, string? credits, Seek<AttainmentKey> seek)
    {
        var asked = Targets(caller, period, measure, rep, seek);
        var sources = Sources(credits);
        if ((asked.Error ?? sources.Error) is { } refused)
        {
            return refused;
        }
        var targets = asked.Value.Take(seek.Count).ToList();
        var credited = Credited(caller.Tenant, targets, sources.Value);
        var company = tenants.Get(caller.Tenant).Company;
        return targets.ConvertAll(t => (t.Key, View(company, t, credited)));
    }

    /// <summary>How many there are.</summary>
    /// <inheritdoc cref="List"/>
    public Result<long> Count(Caller caller, string? period, string? measure, string? rep) =>
        Targets(caller, period, measure, rep, new Seek<AttainmentKey>(Keys.First, int.MaxValue)).Then(targets => targets.LongCount());

    /// <summary>Quotas that are asked for and whose reps the caller sees, from where somebody reads on.</summary>
    private Result<IEnumerable<Target>> Targets(Caller caller, string? period, string? measure, string? rep, Seek<AttainmentKey> seek)
    {
        if (caller.Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        var span = Filters.Period(company, period);
        var onlyMeasure = Filters.Reference(company.MeasureDocs, "measure", measure, ErrorCodes.MeasureUnknown);
        var sight = Sight.Of(caller, company);
        var onlyRep = RepFilter.Find(company, sight, rep);
        if ((span.Error ?? onlyMeasure.Error ?? onlyRep.Error) is { } refused)
        {
            return refused;
        }
        var reps = onlyRep.Value is { } one ? [one] : Enumerable.Range(0, company.Reps.Count);
        return Result<IEnumerable<Target>>.Of((seek.Backward ? reps.Reverse().Where(r => r <= seek.From.Rep) : reps.Where(r => r >= seek.From.Rep))
            .SelectMany(r => seek.Backward ? Targets(company, r, span.Value).Reverse() : Targets(company, r, span.Value))
            // What only plans can measure has no sum of its own: see the rep's live figures.
            .Where(t => company.Measures[t.Key.Measure].Value != MeasureValue.ByPlan)
            .Where(t => sight.Sees(t.Key.Rep, t.Span))
            .Where(t => (onlyMeasure.Value is null || onlyMeasure.Value == t.Key.Measure) && AttainmentKey.Compare(t.Key, seek.From) * (seek.Backward ? -1 : 1) > 0));
    }

    /// <summary>Direct credits against the quotas of several reps that the caller sees: one reading for all of them.</summary>
    public Result<ILookup<int, AttainmentView>> OfReps(Caller caller, string? period, IReadOnlyCollection<int> reps)
    {
        if (caller.Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        var (span, sight) = (Filters.Period(company, period), Sight.Of(caller, company));
        if (span.Error is { } unknown)
        {
            return unknown;
        }
        var targets = reps.Order().SelectMany(r => Targets(company, r, span.Value))
            .Where(t => company.Measures[t.Key.Measure].Value != MeasureValue.ByPlan && sight.Sees(t.Key.Rep, t.Span)).ToList();
        var credited = Credited(caller.Tenant, targets, CreditSources.Direct);
        return Result<ILookup<int, AttainmentView>>.Of(targets.ToLookup(t => t.Key.Rep, t => View(company, t, credited)));
    }

    private static IEnumerable<Target> Targets(Company company, int rep, FiscalPeriod? span)
    {
        var keys = company.QuotasOf(rep).Keys.ToList();
        var spans = span is null
            ? keys.OrderBy(k => k.Measure).ThenBy(k => k.Period, StringComparer.Ordinal).Select(k => (k.Measure, Span: company.Calendar.Find(k.Period)))
            : keys.Select(k => k.Measure).Distinct().Order().Select(m => (Measure: m, Span: (FiscalPeriod?)span));
        return
            from target in spans
            where target.Span is not null
            let year = company.Calendar.YearById(company.Calendar.MonthsIn(target.Span).First().Year.Id)!
            let quota = company.QuotaOf(rep, target.Measure, target.Span, year)
            where quota is not null
            select new Target(new AttainmentKey(rep, target.Measure, target.Span.Id), target.Span, quota.Value);
    }

    /// <summary>Ten-thousandths by rep and measure, with the months they belong to.</summary>
    private ILookup<(int Rep, int Measure), (int Month, long Value)> Credited(int tenant, List<Target> targets, CreditSources sources)
    {
        List<(MeasurementKey Key, long Value)> rows = [];
        if (targets.Count > 0)
        {
            var (first, last) = (targets.Min(t => t.Span.From.DayNumber), targets.Max(t => t.Span.To.DayNumber - 1));
            store.Read(session =>
            {
                MeasurementTable.ForEachOfReps(
                    session, tenant, targets.Min(t => t.Key.Rep), targets.Max(t => t.Key.Rep), first, last, (key, measurement) => rows.Add((key, Of(measurement, sources))));
                return true;
            });
        }
        return rows.ToLookup(r => (r.Key.Subject, r.Key.Measure), r => (r.Key.Month, r.Value));
    }

    private static long Of(in Measurement measurement, CreditSources sources) =>
        (sources.HasFlag(CreditSources.Direct) ? measurement.Direct : 0)
        + (sources.HasFlag(CreditSources.Overlay) ? measurement.Overlay : 0)
        + (sources.HasFlag(CreditSources.RollUp) ? measurement.RollUp : 0);

    private static AttainmentView View(Company company, in Target target, ILookup<(int Rep, int Measure), (int Month, long Value)> credited)
    {
        var sum = 0L;
        foreach (var (month, value) in credited[(target.Key.Rep, target.Key.Measure)])
        {
            // A month's number is its first day: it lies in the span when that day does.
            sum += month >= target.Span.From.DayNumber && month < target.Span.To.DayNumber ? value : 0;
        }
        var (amount, measure) = (TenThousandths.ToDecimal(sum), company.MeasureDocs[target.Key.Measure]);
        return new AttainmentView(
            TransactionViews.Rep(company, target.Key.Rep),
            measure.Id,
            measure.Doc.Name,
            target.Span.Id,
            Wire.Amount(amount),
            Wire.Amount(target.Quota),
            Wire.Percent(Rounding.Percent(amount / target.Quota)));
    }

    private static Result<CreditSources> Sources(string? text)
    {
        var sources = CreditSources.None;
        foreach (var name in (text ?? "direct").Split(',', StringSplitOptions.TrimEntries))
        {
            CreditSources? source = name switch
            {
                "direct" => CreditSources.Direct,
                "overlay" => CreditSources.Overlay,
                "roll_up" => CreditSources.RollUp,
                _ => null,
            };
            if (source is null)
            {
                return Error.Of("credits", ErrorCodes.ParameterInvalid, $"'{name}' is not one of direct, overlay and roll_up.");
            }
            sources |= source.Value;
        }
        return sources;
    }
}
