using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Payouts;
using Spm.Platform.Kernel;
using Spm.Platform.Proofs;
using Spm.Platform.Reconciliation;
using Spm.Storage;

namespace Spm.Platform.Problems;

/// <summary>A problem of a rep's month: something is credited, and for want of a figure it earns nothing.</summary>
/// <param name="Currency">Of <paramref name="Amount"/>; <see cref="NoCurrency"/> where the measure counts and no money is known.</param>
public readonly record struct RepProblem(string Code, int Rep, int Month, long Amount, string Currency, string Detail)
{
    /// <summary>What ISO 4217 writes where no currency is involved.</summary>
    public const string NoCurrency = "XXX";

    public const string QuotaMissing = "quota_missing";
    public const string TargetIncentiveMissing = "target_incentive_missing";
    public const string FigureMissing = "figure_missing";
    public const string ScoreMissing = "score_missing";
    public const string TiersNotValid = "tiers_not_valid";
    public const string MultiplierOutsideTiers = "multiplier_outside_tiers";

    /// <summary>A deal counts nothing, because what a measure asks of it is not known.</summary>
    public const string MeasureValueUnknown = WhyStill.ValueUnknown;

    /// <summary>A figure of the rep has more digits than are calculated with.</summary>
    public const string CalculationFailed = "calculation_failed";

    public static IEnumerable<RepProblem> In(int rep, RepPosition position, int firstOpenMonth, string currency) =>
        position.Failure is { } failure ? [new RepProblem(CalculationFailed, rep, firstOpenMonth, 0, currency, failure)]
        : Missing(rep, position, currency).Concat(Unknown(rep, position, currency));

    private static IEnumerable<RepProblem> Missing(int rep, RepPosition position, string currency) =>
        from year in position.Years
        from month in year.Months
        where month.Begun
        from component in month.Components
        where component.IsUnknown
        select new RepProblem(
            WireNames.Of(component.Figures.Standstill), rep, month.Month.No, AtStake(component.Figures.Month),
            component.Measure is { Unit: not MeasureUnit.Money } ? NoCurrency : currency,
            component.Lacking is { } lacking ? $"{component.Plan.Plan.Name}: {component.Component.Name}: {lacking}" : $"{component.Plan.Plan.Name}: {component.Component.Name}");

    /// <summary>Deals of a month that count nothing because what a measure asks of them is not known: each by its name, and from a number on the others together.</summary>
    private static IEnumerable<RepProblem> Unknown(int rep, RepPosition position, string currency)
    {
        foreach (var component in position.Years.SelectMany(y => y.Months).Where(m => m.Begun).SelectMany(m => m.Components).Where(c => c.UnknownValues.Count > 0))
        {
            var (unknown, month) = (component.UnknownValues, component.Key.Month);
            var where = $"{component.Plan.Plan.Name}: {component.Component.Name}: {component.Measure!.Id}";
            foreach (var value in unknown.Take(Limits.NamedUnknownValues))
            {
                yield return new RepProblem(MeasureValueUnknown, rep, month, AtStake(value.Amount), currency, $"{where} of {value.Kind} {value.Transaction}");
            }
            if (unknown.Count > Limits.NamedUnknownValues)
            {
                yield return new RepProblem(
                    MeasureValueUnknown, rep, month, AtStake(unknown.Skip(Limits.NamedUnknownValues).Sum(v => v.Amount)), currency, $"{where} of {unknown.Count - Limits.NamedUnknownValues} more");
            }
        }
    }

    /// <summary>In ten-thousandths; what an expression of a plan measures may have more digits.</summary>
    private static long AtStake(decimal credited) => TenThousandths.TryFrom(decimal.Round(credited, 4, MidpointRounding.ToEven), out var scaled) ? scaled : 0;
}

internal static class ProblemTable
{
    /// <summary>Problems that a proof raised and a proof clears: no settlement touches them.</summary>
    private const string Alarms = $"'{ProofCodes.LedgerDiffers}', '{ProofCodes.PayoutDiffers}'";

    /// <summary>Writes only where a rep's list differs, so that a settlement that changes nothing writes nothing.</summary>
    public static void ReplaceOfReps(SqlSession session, int tenant, IReadOnlyList<(int Rep, IReadOnlyList<RepProblem> Problems)> reps)
    {
        var known = session.QueryEach(
            $"select code, rep, month, amount, currency, detail from problem where tenant = $1 and rep = $2 and txn = 0 and code not in ({Alarms}) order by no",
            r => new RepProblem(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetInt64(3), r.GetString(4), r.GetString(5)),
            [.. reps.Select(r => new object?[] { tenant, r.Rep })]);
        var delete = session.Prepare($"delete from problem where tenant = ? and rep = ? and txn = 0 and code not in ({Alarms})");
        var insert = session.Prepare("insert into problem (tenant, code, txn, rep, month, day, amount, currency, detail) values (?, ?, 0, ?, ?, ?, ?, ?, ?)");
        foreach (var ((rep, problems), _) in reps.Zip(known).Where(r => !r.Second.SequenceEqual(r.First.Problems)))
        {
            delete.Bind(tenant).Bind(rep).Add();
            foreach (var problem in problems)
            {
                insert.Bind(tenant).Bind(problem.Code).Bind(rep).Bind(problem.Month).Bind(problem.Month).Bind(problem.Amount).Bind(problem.Currency).Bind(problem.Detail).Add();
            }
        }
        delete.Send();
        insert.Send();
    }

    private const string Asked = "p.tenant = $1 and (p.code = $2 or $2 is null) and p.month between $3 and $4 and (p.rep = $5 or $5 is null)";

    /// <summary>With the key of the transaction they belong to.</summary>
    public static List<ProblemRow> Page(SqlSession session, int tenant, AskedProblems asked, Seek<long> seek) => session.Query(
        "select p.no, p.code, p.rep, p.month, p.day, p.amount, p.currency, p.detail, t.source, t.external_id from problem p left join txn t on t.seq = p.txn "
        + $"where {Asked} and p.no {seek.Beyond} $6 order by p.no{seek.Order} limit $7",
        r => new ProblemRow(
            r.GetInt64(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt64(5), r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7),
            r.IsDBNull(8) ? null : (r.GetInt32(8), r.GetString(9))),
        tenant, asked.Code, asked.FirstMonth, asked.LastMonth, asked.Rep, seek.From, seek.Count);

    public static long Count(SqlSession session, int tenant, AskedProblems asked) =>
        session.Long($"select count(*) from problem p where {Asked}", tenant, asked.Code, asked.FirstMonth, asked.LastMonth, asked.Rep);

    public static List<ProblemSum> Summary(SqlSession session, int tenant) => session.Query(
        "select code, currency, count(*), sum(amount / 10000), sum(amount % 10000) from problem where tenant = $1 group by code, currency order by code, currency",
        r => new ProblemSum(r.GetString(0), r.GetString(1), r.GetInt64(2), ReconciliationTable.Whole(r.GetInt64(3), r.GetInt64(4))),
        tenant);
}

/// <summary>Which problems: months from one number to another, both included; null does not narrow.</summary>
internal sealed record AskedProblems(string? Code, int FirstMonth, int LastMonth, int? Rep);

/// <param name="Rep">-1: nobody.</param>
/// <param name="Transaction">Its source's number and its external id; null for a problem of a rep's month.</param>
internal sealed record ProblemRow(
    long No, string Code, int Rep, int Month, int Day, long Amount, string Currency, string? Detail, (int Source, string ExternalId)? Transaction);

internal readonly record struct ProblemSum(string Code, string Currency, long Count, decimal Amount);
