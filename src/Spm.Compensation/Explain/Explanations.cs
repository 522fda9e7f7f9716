using System.Globalization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Roundings;

namespace Spm.Compensation.Explain;

/// <summary>
/// How a payout, an incentive or an attainment came about, down to the credits, the quota and the tiers of the plan. Every node recomputes to its
/// value. Credits are listed where the year keeps its deals; else the month's sum stands for them.
/// </summary>
public static class Explanations
{
    /// <summary>What a month is worth by itself: its payout before adjustments of other months and a rest that is carried in.</summary>
    public static ExplainNode OfPay(PayRun run, int month) => OfPayout(run, month) with { Name = $"pay of {run.Months[month].Month.Id}" };

    /// <summary>The payout of a month of the run, counted from 0: the year to date, rounded once, less what earlier months of the year were paid.</summary>
    public static ExplainNode OfPayout(PayRun run, int month)
    {
        var pay = run.Months[month];
        var first = month;
        while (first > 0 && run.Months[first - 1].Month.Year.No == pay.Month.Year.No)
        {
            first--;
        }
        var currency = run.CurrencyOf(month);
        List<ExplainNode> before = [.. run.Months.Skip(first).Take(month - first).Select(m => ExplainNode.Given($"due in {m.Month.Id}", m.Due))];
        var due = Named($"due in {pay.Month.Id}", ExplainOperation.Sum, pay.Due, [.. pay.Lines.Select((_, i) => OfLine(run, month, i)), .. OfNothing(run, month)]);
        var rounding = run.RoundingOf(month);
        ExplainNode Rounded(string name, ExplainNode exact) => rounding.Rule is { } rule ? ExplainNode.Rounded(name, exact, rule) : ExplainNode.Rounded(name, exact, currency);
        var detail = pay.Paying is { } paying ? OfPlan(paying.Plan, paying.Version) : null;
        if (rounding.Each == PayRoundingEach.Month)
        {
            return ExplainNode.Because($"payout of {pay.Month.Id}", Rounded($"due in {pay.Month.Id}, rounded", due)) with { Detail = detail };
        }
        var toDate = Rounded("year to date, rounded", ExplainNode.Of("year to date", ExplainOperation.Sum, [.. before, due]));
        var paid = Rounded("paid before", ExplainNode.Of("year to date, a month ago", ExplainOperation.Sum, before));
        var paidBefore = Money.FromMinor(run.Months.Skip(first).Take(month - first).Sum(m => m.DueMinor), currency).Amount;
        return ExplainNode.Of($"payout of {pay.Month.Id}", ExplainOperation.Difference, toDate, paid.Value == paidBefore ? paid : ExplainNode.Given("paid before", paidBefore, "Rounded by another rule.")) with
        {
            Detail = detail,
        };
    }

    /// <summary>What a month pays in the rep's own currency: the payout times the rate, rounded. Null where the plan says nothing of it, or nothing is paid.</summary>
    public static ExplainNode? OfPaid(PayRun run, int month)
    {
        if (run.Months[month].Paid is not { } paid || run.PlanOf(month)?.Version.Pay.Currency is not { } rule)
        {
            return null;
        }
        var id = run.Months[month].Month.Id;
        var converted = ExplainNode.Of($"in {paid.Currency}", ExplainOperation.Product, OfPayout(run, month), ExplainNode.Given("rate", paid.Rate, WireNames.Of(rule.Basis)));
        return ExplainNode.Rounded($"paid for {id} in {paid.Currency}", converted, new RoundingRule(RoundingMode.HalfEven, new decimal(1, 0, 0, false, (byte)rule.DecimalsOf(paid.Currency))));
    }

    /// <summary>
    /// What became of the costs of obtaining contracts by the end of a month: the assets, what was capitalised and amortised, and what was expensed.
    /// Null where there is no such cost, or the plan has no rule for them.
    /// </summary>
    public static ExplainNode? OfCosts(PayRun run, IReadOnlyList<CostOfMonth> others, int month)
    {
        if (run.PlanOf(month)?.Version is not { } version || (version.Accounting is null && version.Components.All(c => c.Accounting is null)))
        {
            return null;
        }
        var trace = new CostTrace(month);
        var books = ContractCosts.Of(run, others, trace);
        return trace.Explain(run.Months[month].Month.Id, month == 0 ? 0m : books[month - 1].Remaining, books[month]);
    }

    /// <summary>Whether somebody may ask about a month: it pays something, something is credited, a figure is missing, or the value of a deal is.</summary>
    public static bool IsWorthAsking(PayRun run, int month) => run.Months[month].Lines.Count > 0 || (run.StateOf(month) is { } at && run.Months[month].Begun
        && at.State.Version.Shown.Any(c => at.State.Figures(at.Month, c).Month != 0m || at.State.Figures(at.Month, c).LacksAFigure || at.State.UnknownIn(at.Month, c).Count > 0));

    /// <summary>The incentive of a component in a month: what it has earned to date, less what it had earned a month ago in the same measurement period.</summary>
    /// <returns>Null when the rep is on no plan in the month, or the plan has no such component.</returns>
    public static ExplainNode? OfIncentive(RepYear year, int month, string component)
    {
        if (year.Paying(month) is not { } state || state.Version.Find(component) is not (>= 0 and var c))
        {
            return null;
        }
        var id = year.Inputs.Year.Months[month].Id;
        var earned = OfEarned(state, month, c);
        var before = state.FirstOf(month, state.Version.Components[c].MeasurementPeriod) == month
            ? ExplainNode.Given("earned before", 0m, "The measurement period begins.")
            : OfEarned(state, month - 1, c);
        return ExplainNode.Because(
            $"incentive of {component} in {id}",
            ExplainNode.Of("earned in the month", ExplainOperation.Difference, earned, before),
            [.. Reasons(state, month, c)]) with
        {
            Detail = OfPlan(state.Plan, state.Version),
        };
    }

    /// <summary>The attainment of a component at the end of a month, as a fraction.</summary>
    /// <returns>Null when it has none: no plan, no such component, no quota.</returns>
    public static ExplainNode? OfAttainment(RepYear year, int month, string component)
    {
        if (year.Paying(month) is not { } state || state.Version.Find(component) is not (>= 0 and var c) || state.Figures(month, c).Attainment is null)
        {
            return null;
        }
        return ExplainNode.Of($"attainment of {component} in {year.Inputs.Year.Months[month].Id}", ExplainOperation.Quotient, OfMeasured(state, month, c), QuotaNodes.Of(state, month, c));
    }

    private static ExplainNode OfLine(PayRun run, int month, int index)
    {
        var line = run.Months[month].Lines[index];
        if (line.Kind == PayLineKind.Incentive && run.StateOf(month) is { } at)
        {
            return OfIncentive(at.State.Year, at.Month, line.Component!)!;
        }
        return run.Months[month].Explain(index);
    }

    /// <summary>Components that pay nothing in a month which has begun, and why: a gate is closed, a quota is missing. Those that are only measured pay in none.</summary>
    private static IEnumerable<ExplainNode> OfNothing(PayRun run, int month)
    {
        if (run.StateOf(month) is not { } at || !run.Months[month].Begun)
        {
            return [];
        }
        var components = at.State.Version.Components;
        return at.State.Version.Shown
            .Where(c => at.State.Figures(at.Month, c).Incentive == 0m && (components[c].Earning is not NoEarning || components[c].Stages.Count > 0))
            .Select(c => OfIncentive(at.State.Year, at.Month, components[c].Id)!);
    }

    private static ExplainNode OfEarned(VersionState state, int month, int c)
    {
        ref readonly var figures = ref state.Figures(month, c);
        var name = $"earned to date by {state.Year.Inputs.Year.Months[month].Id}";
        if (WhyStill.Of(state, month, c) is { } why)
        {
            return ExplainNode.Given(name, figures.Earned, $"Stands where it stood: {why}.");
        }
        var component = state.Version.Components[c];
        var node = component.Earning.Explain(state.At(month, c));
        foreach (var stage in component.Stages)
        {
            node = stage.Explain(state.At(month, c), node);
        }
        return ExplainNode.Because(name, node);
    }

    private static IEnumerable<ExplainNode> Reasons(VersionState state, int month, int c)
    {
        if (state.Version.Components[c].Tally == ComponentRule.NoTally)
        {
            yield break;
        }
        yield return OfMeasured(state, month, c);
        if (state.Figures(month, c).Quota is not null)
        {
            yield return QuotaNodes.Of(state, month, c);
        }
        if (state.Figures(month, c).TargetIncentive is { } target && state.Version.Components[c].Earning.NeedsTargetIncentive)
        {
            yield return ExplainNode.Given("target incentive", target);
        }
    }

    /// <summary>Credited in the attainment period to date, month by month.</summary>
    /// <param name="withCredits">Whether each credit of a month is listed.</param>
    internal static ExplainNode OfMeasured(VersionState state, int month, int c, bool withCredits = true)
    {
        var component = state.Version.Components[c];
        List<ExplainNode> months = [];
        for (var m = state.FirstOf(month, component.AttainmentPeriod); m <= month; m++)
        {
            months.Add(OfMonth(state, m, c, withCredits));
        }
        if (component.Window is { } window && state.Figures(month, c).Before is not 0m and var before)
        {
            months.Insert(0, ExplainNode.Given("credited before", before, window.LengthIn(state.RepIn(state.FirstOf(month, component.MeasurementPeriod))) is { } all ? $"in the last {all} months, up to {state.Year.Inputs.Year.Months[state.FirstOf(month, component.MeasurementPeriod)].Id}" : "ever"));
        }
        var name = $"credited by {state.Year.Inputs.Year.Months[month].Id}";
        if (state.Figures(month, c).AtTarget is not 0m and var atTarget)
        {
            name += ", and at target";
            months.Add(ExplainNode.Given("credited at target", atTarget, "Leave that counts as reached: the quota's part of its days."));
        }
        return Named(name, ExplainOperation.Sum, state.Figures(month, c).ToDate, months);
    }

    private static ExplainNode OfMonth(VersionState state, int month, int c, bool withCredits)
    {
        var name = $"credited in {state.Year.Inputs.Year.Months[month].Id}";
        var credited = state.Figures(month, c).Month;
        var unknown = state.UnknownIn(month, c).Select(u => ExplainNode.Given($"{u.Kind} {u.Transaction}", 0m, WhyStill.Unknown(state, c, u)));
        return !withCredits || !state.Deals.IsKept || !state.OnPlan(month)
            ? ExplainNode.Given(name, credited, string.Join("; ", unknown.Select(u => u.Detail)) is { Length: > 0 } why ? why : null)
            : Named(name, ExplainOperation.Sum, credited, [.. state.Deals.Counted(state.Version.Components[c].Tally, month).Select(credit => OfCredit(state, month, credit)), .. unknown]);
    }

    private static ExplainNode OfCredit(VersionState state, int month, (CreditLine Line, decimal Counted) credit)
    {
        var line = credit.Line;
        var share = line.Share == 1m ? "" : string.Create(CultureInfo.InvariantCulture, $", {line.Share * 100m:0.####} %");
        var detail = string.Create(
            CultureInfo.InvariantCulture, $"{line.Kind} of {line.Date:yyyy-MM-dd}, {WireNames.Of(line.Credit)}{share}: {line.Amount:0.##########}{(line.Currency is null ? "" : " ")}{line.Currency}");
        var name = $"credit of {line.Transaction}";
        if (state.ConversionOf(line, month) is not { } conversion)
        {
            return ExplainNode.Given(name, credit.Counted, detail);
        }
        var converted = ExplainNode.Of(
            $"in {conversion.Converted.Currency}", ExplainOperation.Product, ExplainNode.Given($"in {conversion.Original.Currency}", line.Amount), ExplainNode.Given("rate", conversion.Rate, RateOf(conversion)));
        return converted.Value == credit.Counted
            ? converted with { Name = name, Detail = detail }
            : new ExplainNode(name, ExplainOperation.Expression, credit.Counted, [converted], detail);
    }

    private static string RateOf(FxConversion conversion) => conversion.Basis switch
    {
        FxBasis.Fixed => "fixed by the plan",
        FxBasis.MonthAverage => string.Create(CultureInfo.InvariantCulture, $"average of {conversion.RateCount} rates of the month"),
        _ => string.Create(CultureInfo.InvariantCulture, $"of {conversion.RateDay:yyyy-MM-dd}"),
    };

    private static ExplainNode Named(string name, ExplainOperation operation, decimal value, IReadOnlyList<ExplainNode> inputs) => ExplainNode.Exactly(name, operation, value, inputs);

    private static string OfPlan(PlanRules plan, VersionRules version) =>
        string.Create(CultureInfo.InvariantCulture, $"plan {plan.Name}, version {version.Number} of {version.EffectiveFrom:yyyy-MM-dd}");
}
