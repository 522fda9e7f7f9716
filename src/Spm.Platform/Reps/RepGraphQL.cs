using System.Text.Json;
using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts;
using Spm.Platform.Performance;
using Spm.Platform.Plans;
using Spm.Platform.Quotas;
using Spm.Platform.Territories;
using Spm.Platform.Transactions;

namespace Spm.Platform.Reps;

[QueryType]
internal static class RepRoots
{
    /// <summary>One rep; null where nobody has the id whom the caller sees.</summary>
    public static RepRef? GetRep([ID] string id, RecordGraph records, RepSlice slice) => records.Find(slice, id, (entry, company) => TransactionViews.Rep(company, entry.No));

    /// <summary>Reps in the order they were created: those whom the caller sees.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<RepRef>> GetRepsAsync(PageArguments page, RecordGraph records, RepSlice slice, RecordFilter? filter = null, DateTimeOffset? updatedSince = null, RecordOrder? orderBy = null) =>
        records.PageAsync(slice, new RecordAsked(filter, updatedSince, orderBy), page, (entry, company) => TransactionViews.Rep(company, entry.No));

    /// <summary>How a rep's incentives, attainment and pay of a month come about as of now: every figure recomputes from those below it.</summary>
    /// <param name="id">Of the rep.</param>
    /// <param name="period">A fiscal month.</param>
    [Cost(50)]
    public static Task<RepExplanationView?> GetRepExplanationAsync([ID] string id, string period, RepExplainQueries queries, Call call) =>
        queries.ExplainAsync(call.Caller, id, period).OrNull();
}

/// <summary>
/// What a rep's record and figures say. A rep who stands in a payout or a credit is known by name to whoever sees that; the rest is for those who may
/// read reps.
/// </summary>
[ObjectType<RepRef>]
internal static class RepFields
{
    /// <summary>The system that the record comes from.</summary>
    public static string? GetSource([Parent] RepRef rep, RepRecord record) => record.Of(rep).Source;

    /// <summary>The address that mail goes to.</summary>
    public static string? GetEmail([Parent] RepRef rep, RepRecord record) => record.Of(rep).Email;

    /// <summary>The first day employed; null: always.</summary>
    public static DateOnly? GetHiredOn([Parent] RepRef rep, RepRecord record) => record.Of(rep).HiredOn;

    /// <summary>The first day no longer employed; null: employed.</summary>
    public static DateOnly? GetLeftOn([Parent] RepRef rep, RepRecord record) => record.Of(rep).LeftOn;

    /// <summary>Who is above the rep, dated.</summary>
    public static IReadOnlyList<DatedManager>? GetManagers([Parent] RepRef rep, RepRecord record) => record.Of(rep).Managers;

    /// <summary>The plans that pay the rep, dated.</summary>
    public static IReadOnlyList<DatedPlan>? GetPlans([Parent] RepRef rep, RepRecord record) => record.Of(rep).Plans;

    /// <summary>Variable pay of a fiscal year at 100 % attainment.</summary>
    public static string? GetTargetIncentive([Parent] RepRef rep, RepRecord record) => record.Of(rep).TargetIncentive;

    /// <summary>Of a fiscal year.</summary>
    public static string? GetBaseSalary([Parent] RepRef rep, RepRecord record) => record.Of(rep).BaseSalary;

    /// <summary>Days away, dated.</summary>
    public static IReadOnlyList<LeaveInput>? GetLeave([Parent] RepRef rep, RepRecord record) => record.Of(rep).Leave;

    /// <summary>How far goals of scorecards were reached.</summary>
    public static IReadOnlyList<ScoreInput>? GetScores([Parent] RepRef rep, RepRecord record) => record.Of(rep).Scores;

    /// <summary>Further facts by name, for the expressions of plans.</summary>
    public static JsonElement? GetFacts([Parent] RepRef rep, RepRecord record) => record.Of(rep).Facts;

    /// <summary>When the record was changed last.</summary>
    public static string? GetUpdatedAt([Parent] RepRef rep, RepRecord record) => record.Of(rep).UpdatedAt;

    /// <summary>Who is above the rep on a day, where the caller sees them.</summary>
    /// <param name="on">Today when left out.</param>
    public static RepRef? GetManager([Parent] RepRef rep, RepRecord record, Call call, DateOnly? on = null)
    {
        var company = record.CompanyOf(rep);
        var manager = company.Roster.ManagerOf(company.Reps.ById(rep.Id)!.No, on ?? call.Caller.Day);
        return manager >= 0 && Sight.Of(call.Caller, company).Sees(manager) ? TransactionViews.Rep(company, manager) : null;
    }

    /// <summary>Who reports to the rep on a day, where the caller sees them, in the order they were created.</summary>
    /// <param name="on">Today when left out.</param>
    [Cost(AssumedSize = 20)]
    public static IReadOnlyList<RepRef>? GetReports([Parent] RepRef rep, RepRecord record, Call call, DateOnly? on = null)
    {
        var company = record.CompanyOf(rep);
        var (no, day, sight) = (company.Reps.ById(rep.Id)!.No, on ?? call.Caller.Day, Sight.Of(call.Caller, company));
        return [.. Enumerable.Range(0, company.Reps.Count).Where(r => company.Roster.ManagerOf(r, day) == no && sight.Sees(r)).Select(r => TransactionViews.Rep(company, r))];
    }

    /// <summary>Territories that the rep owns or is an overlay of on a day.</summary>
    /// <param name="on">Today when left out.</param>
    [Cost(AssumedSize = 5)]
    public static IReadOnlyList<TerritoryView>? GetTerritories([Parent] RepRef rep, Call call, TerritorySlice territories, DateOnly? on = null)
    {
        var (company, day) = (call.CompanyFor(territories.ReadScope), on ?? call.Caller.Day);
        return [.. company.Territories.All.Where(t => t.Doc.Reps.Any(c => c.Rep == rep.Id && c.Range.Contains(day))).Select(t => territories.View(t, company))];
    }

    /// <summary>Quotas of the rep by measure and period.</summary>
    /// <param name="rep">The rep.</param>
    /// <param name="period">Only of exactly this fiscal period.</param>
    [Cost(AssumedSize = 20)]
    public static IReadOnlyList<QuotaView>? GetQuotas([Parent] RepRef rep, Call call, QuotaQueries queries, string? period = null)
    {
        var company = call.CompanyFor(Scopes.RepsRead);
        return [.. queries.All(call.Caller, company, rep.Id, period).OrRefuse().Select(q => QuotaView.Of(q, company))];
    }

    /// <summary>Payouts of the rep in order of time.</summary>
    /// <param name="rep">The rep.</param>
    /// <param name="period">Only of this fiscal month, quarter or year.</param>
    [Cost(AssumedSize = 12)]
    public static Task<IReadOnlyList<PayoutView>?> GetPayoutsAsync([Parent] RepRef rep, PayoutsOfRep payouts, string? period = null) => payouts.LoadAsync((rep.Id, period));

    /// <summary>The rep as of now, with every transaction that was acknowledged.</summary>
    /// <param name="rep">The rep.</param>
    /// <param name="period">A fiscal month, quarter or year; all months when left out.</param>
    [Cost(5)]
    public static Task<RepLiveView?> GetLiveAsync([Parent] RepRef rep, LiveOfRep live, string? period = null) => live.LoadAsync((rep.Id, period));

    /// <summary>Direct credits against each quota of the rep, as of now.</summary>
    /// <param name="rep">The rep.</param>
    /// <param name="period">Quotas of exactly this period, also those that its parts add up to; every quota as it was set when left out.</param>
    [Cost(AssumedSize = 20)]
    public static Task<IReadOnlyList<AttainmentView>?> GetAttainmentsAsync([Parent] RepRef rep, AttainmentsOfRep attainments, string? period = null) =>
        attainments.LoadAsync((rep.Id, period));
}

[ObjectType<DatedManager>]
internal static class DatedManagerFields
{
    /// <summary>The manager, where the caller sees them.</summary>
    public static RepRef? GetManager([Parent] DatedManager dated, RecordGraph records, RepSlice slice) => records.Find(slice, dated.Manager, (entry, company) => TransactionViews.Rep(company, entry.No));
}

[ObjectType<DatedPlan>]
internal static class DatedPlanFields
{
    /// <summary>The plan.</summary>
    public static PlanView? GetPlan([Parent] DatedPlan dated, RecordGraph records, PlanSlice slice) => records.Find(slice, dated.Plan, slice.View);
}

/// <summary>The record behind a rep who is known by name, for whoever may read it. Each is read once for a request.</summary>
internal sealed class RepRecord(Call call, RecordQueries queries, RepSlice slice)
{
    public RepView Of(RepRef rep) => queries.Get(call.Caller, slice, rep.Id).Then(f => slice.View(f.Entry, f.Company)).OrRefuse();

    public Company CompanyOf(RepRef rep) => queries.Get(call.Caller, slice, rep.Id).OrRefuse().Company;
}
