using Spm.GraphQL.DataLoaders;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Payouts;
using Spm.Platform.Performance;

namespace Spm.Platform.Reps;

/// <summary>What fields of reps ask for, read once for all reps of a request: keys are a rep's id and a period.</summary>
internal abstract class OfRep<TValue>(Call call) : DataLoader<(string Rep, string? Period), TValue>
    where TValue : class
{
    protected Call Call => call;

    protected override async Task<IReadOnlyDictionary<(string Rep, string? Period), TValue>> FetchAsync(IReadOnlyList<(string Rep, string? Period)> keys, CancellationToken cancellation)
    {
        var values = new Dictionary<(string Rep, string? Period), TValue>();
        foreach (var period in keys.GroupBy(k => k.Period))
        {
            foreach (var (rep, value) in await OfAsync([.. period.Select(k => k.Rep)], period.Key))
            {
                values.Add((rep, period.Key), value);
            }
        }
        return values;
    }

    protected abstract Task<IEnumerable<(string Rep, TValue Value)>> OfAsync(IReadOnlyCollection<string> reps, string? period);

    /// <summary>Whoever has a rep's name has it from the same company.</summary>
    protected static int No(Company company, string rep) => company.Reps.ById(rep)!.No;
}

internal sealed class PayoutsOfRep(PayoutQueries queries, Call call) : OfRep<IReadOnlyList<PayoutView>>(call)
{
    protected override async Task<IEnumerable<(string Rep, IReadOnlyList<PayoutView> Value)>> OfAsync(IReadOnlyCollection<string> reps, string? period)
    {
        var company = Call.Company;
        var rows = await queries.OfRepsAsync(Call.Caller, period, [.. reps.Select(r => No(company, r))]).OrRefuse();
        return reps.Select(r => (r, (IReadOnlyList<PayoutView>)[.. rows[No(company, r)].Select(Call.View)]));
    }
}

internal sealed class AttainmentsOfRep(AttainmentQueries queries, Call call) : OfRep<IReadOnlyList<AttainmentView>>(call)
{
    protected override Task<IEnumerable<(string Rep, IReadOnlyList<AttainmentView> Value)>> OfAsync(IReadOnlyCollection<string> reps, string? period)
    {
        var company = Call.Company;
        var rows = queries.OfReps(Call.Caller, period, [.. reps.Select(r => No(company, r))]).OrRefuse();
        return Task.FromResult(reps.Select(r => (r, (IReadOnlyList<AttainmentView>)[.. rows[No(company, r)]])));
    }
}

internal sealed class LiveOfRep(RepLiveQueries queries, Call call) : OfRep<RepLiveView>(call)
{
    protected override async Task<IEnumerable<(string Rep, RepLiveView Value)>> OfAsync(IReadOnlyCollection<string> reps, string? period) =>
        from live in await queries.LiveAsync(Call.Caller, reps, period)
        let view = live.Value.OrNull()
        where view is not null
        select (live.Key, view);
}
