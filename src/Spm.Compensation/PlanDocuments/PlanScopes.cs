using Spm.Compensation.Contests;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Groups;
using Spm.Compensation.Lookups;

namespace Spm.Compensation.PlanDocuments;

/// <summary>
/// What the expressions of a document may ask for: of a credit, of a rep, of a component to date, of a deal with both. A document declares the
/// further facts it uses with their kinds, so that a misspelt one is an error and not a null.
/// </summary>
public sealed class PlanScopes
{
    /// <summary>Figures of up to so many months: <c>last_2_months</c> to <c>last_36_months</c>.</summary>
    public const int MostMonthsBack = 36;

    private const string Ever = "ever";
    private const string EarnedInYear = ".earned_in_year";

    private readonly Dictionary<string, ComponentRef> _components = new(StringComparer.Ordinal);
    private readonly Scope<PeriodContext>[] _period;
    private readonly Scope<DealContext>[] _deal;
    private readonly Scope<GroupField>[] _fund = [new(), new()];
    private readonly List<string> _groups = [];

    public PlanScopes(DocNode? facts, IReadOnlyDictionary<string, LookupTable>? tables = null)
    {
        var deal = Facts(facts, "deal");
        var rep = Facts(facts, "rep");
        _ = facts?.IsObject();
        facts?.RefuseOthers();
        Scope<T> Empty<T>() => tables is null ? new Scope<T>() : new Scope<T> { Tables = tables };
        Credit = Rep(OfCredit(Empty<CreditContext>(), deal), c => c.Rep, rep);
        RepAlone = Rep(Empty<RepProfile>(), r => r, rep);
        Member = Rep(Empty<RepProfile>(), r => r, rep).Text("rep.manager", r => r.Manager, "Id of the rep above, in the month.");
        RepMonth = Month(Rep(Empty<RepMonth>(), m => m.Rep, rep), m => m);
        MeasureUnit[] units = [MeasureUnit.Money, MeasureUnit.Count];
        _period = [.. units.Select(unit => Month(Rep(OfPeriod(Empty<PeriodContext>(), p => p, unit), p => p.Rep, rep), p => p.RepMonth))];
        _deal = [.. units.Select(unit => Month(Rep(OfDeal(OfPeriod(OfCredit(Empty<DealContext>(), deal), d => d.Period, unit), unit), d => d.Rep, rep), d => d.Period.RepMonth))];
    }

    /// <summary>Of a document that declares no facts.</summary>
    public static PlanScopes WithoutFacts { get; } = new(null);

    public Scope<CreditContext> Credit { get; }

    public Scope<RepProfile> RepAlone { get; }

    /// <summary>The rep in a month.</summary>
    public Scope<RepMonth> RepMonth { get; }

    /// <summary>Of a rep as groups see it: in a month.</summary>
    public Scope<RepProfile> Member { get; }

    /// <summary>
    /// Of a component whose measure is money, or a count: so are its figures. Also knows <c>components.ID.FIGURE</c> of every component that is
    /// announced by <see cref="Announce"/>.
    /// </summary>
    public Scope<PeriodContext> Period(MeasureUnit unit) => _period[(int)unit];

    /// <summary>Of a deal, with the figures of the component that pays it.</summary>
    public Scope<DealContext> Deal(MeasureUnit unit) => _deal[(int)unit];

    /// <summary>Of what a pool shares: figures of groups alone.</summary>
    public Scope<GroupField> Fund(MeasureUnit unit) => _fund[(int)unit];

    public IReadOnlyDictionary<string, ComponentRef> Components => _components;

    /// <summary>Whether a name asks for what was credited before the fiscal year.</summary>
    public static bool LooksBack(string name) => name == Ever || name.StartsWith("last_", StringComparison.Ordinal);

    /// <summary>Whether a name asks what another component has earned, be it in its measurement period or in the year.</summary>
    public static bool IsEarned(string name) => IsEarnedInYear(name) || (name.StartsWith("components.", StringComparison.Ordinal) && name.EndsWith(".earned", StringComparison.Ordinal));

    /// <summary>Whether a name asks what another component has earned in the year, be it by earlier versions.</summary>
    public static bool IsEarnedInYear(string name) => name.StartsWith("components.", StringComparison.Ordinal) && name.EndsWith(EarnedInYear, StringComparison.Ordinal);

    /// <summary>In the order of the document. All are announced before the first component is.</summary>
    public IReadOnlyList<string> Groups => _groups;

    /// <summary>Lets components ask for figures of a group: <c>ID.to_date</c>, and <c>ID.components.COMPONENT.to_date</c>.</summary>
    public void AnnounceGroup(string group)
    {
        if (_groups.Contains(group))
        {
            return;
        }
        _groups.Add(group);
        foreach (var figure in GroupName.Own)
        {
            AddGroup(new GroupName(group, null, figure), null);
        }
    }

    /// <param name="ranks">Whether it is a contest: others may ask for the rep's place.</param>
    public void Announce(string component, MeasureUnit unit, bool ranks = false)
    {
        var at = new ComponentRef();
        if (!_components.TryAdd(component, at))
        {
            return;
        }
        Array.ForEach(_period, scope => OfComponent(scope, p => p, component, at, unit));
        Array.ForEach(_deal, scope => OfComponent(scope, d => d.Period, component, at, unit));
        foreach (var scope in ranks ? _period : [])
        {
            scope.Number($"components.{component}.rank", p => p.Groups?.Result(at.Index) is ContestPlace { Rank: > 0 and var rank } ? rank : null, "The place in the contest; null for who does not compete.");
        }
        foreach (var group in _groups)
        {
            foreach (var figure in Enum.GetValues<GroupFigure>())
            {
                AddGroup(new GroupName(group, component, figure), unit);
            }
        }
    }

    /// <param name="unit">Of the component's measure; null: of the component that asks.</param>
    private void AddGroup(GroupName name, MeasureUnit? unit)
    {
        var (text, description) = (name.ToString(), GroupName.Describe(name.Figure));
        foreach (var own in Enum.GetValues<MeasureUnit>())
        {
            if (IsMoney(name.Figure, unit ?? own))
            {
                Period(own).Money(text, p => p.Sum(name)?.Of(name.Figure), description);
                Fund(own).Money(text, f => f.Sum(name)?.Of(name.Figure), description);
            }
            else
            {
                Period(own).Number(text, p => p.Sum(name)?.Of(name.Figure), description);
                Fund(own).Number(text, f => f.Sum(name)?.Of(name.Figure), description);
            }
        }
    }

    private static bool IsMoney(GroupFigure figure, MeasureUnit unit) => figure switch
    {
        GroupFigure.Members or GroupFigure.Attainment => false,
        GroupFigure.Earned => true,
        _ => unit == MeasureUnit.Money,
    };

    private static void OfComponent<T>(Scope<T> scope, Func<T, PeriodContext> of, string component, ComponentRef at, MeasureUnit unit)
    {
        Measured(scope, unit, $"components.{component}.month", c => of(c).Of(at.Index).Month, "Credited in the month.");
        Measured(scope, unit, $"components.{component}.to_date", c => of(c).Of(at.Index).ToDate, "Credited in the attainment period to date.");
        Measured(scope, unit, $"components.{component}.quota", c => of(c).Of(at.Index).Quota, "Null while it is not fully set.");
        scope.Number($"components.{component}.attainment", c => of(c).Of(at.Index).Attainment, "A ratio: 80 % of quota is 80% or 0.8, and never 80.")
            .Money($"components.{component}.earned", c => of(c).Of(at.Index).Earned, "Earned in the measurement period to date.")
            .Money($"components.{component}{EarnedInYear}", c => of(c).State.EarnedInYear(of(c).Month, at.Index), "Earned in the fiscal year to date, whatever the measurement period.");
    }

    private static Scope<T> OfCredit<T>(Scope<T> scope, IReadOnlyList<(string Name, ExpressionKind Kind)> facts)
        where T : CreditFigures
    {
        scope
            .Money("amount", c => c.Amount, "The rep's part of the amount, in the plan's currency; a refund's is negative.")
            .Number("quantity", c => c.Line.Quantity, "The rep's part of the quantity.")
            .Money("margin", c => c.Margin, "The rep's part of the margin, in the plan's currency; null when the source gives none.")
            .Number("share", c => c.Line.Share, "The rep's part of the deal: 60 % is 0.6.")
            .Text("kind", c => c.Line.Kind, "order, invoice, payment, refund, …")
            .Text("credit", c => WireNames.Of(c.Line.Credit), "direct, overlay or roll_up.")
            .Text("product", c => c.Line.Product, "Null where the source names none.")
            .Text("account", c => c.Line.Account, "The customer; null where the source names none.")
            .Text("territory", c => c.Line.Territory, "Of the transaction; null where there is none.")
            .Text("transaction", c => c.Line.Transaction, "The transaction's id.")
            .Date("date", c => c.Line.Date, "The transaction's day.");
        Add(scope, "facts.", facts, c => c.Line.Facts);
        return scope;
    }

    private static Scope<DealContext> OfDeal(Scope<DealContext> scope, MeasureUnit unit)
    {
        Measured(scope, unit, "counted", d => d.Counted, "What the component's measure counts of the deal.");
        return scope;
    }

    private static Scope<T> OfPeriod<T>(Scope<T> scope, Func<T, PeriodContext> of, MeasureUnit unit)
    {
        scope
            .Number("attainment", c => of(c).Own.Attainment, "to_date / quota, a ratio: 80 % of quota is 80% or 0.8, and never 80. Null without a quota.")
            .Money("target_incentive", c => of(c).Own.TargetIncentive, "Of the attainment period, or of its months so far.");
        Measured(scope, unit, "month", c => of(c).Own.Month, "Credited in the month, in units of the component's measure.");
        Measured(scope, unit, "measured", c => of(c).Own.ToDate - of(c).Own.Before, "Credited in the measurement period to date.");
        Measured(scope, unit, "to_date", c => of(c).Own.ToDate, "Credited in the attainment period to date.");
        Measured(scope, unit, "quota", c => of(c).Own.Quota, "That to_date stands against.");
        Measured(scope, unit, Ever, c => of(c).CountedInLast(null), "Credited ever, whatever the year.");
        for (var months = 2; months <= MostMonthsBack; months++)
        {
            var back = months;
            Measured(scope, unit, $"last_{back}_months", c => of(c).CountedInLast(back), "Credited in the month and those before it, whatever the year.");
        }
        return scope;
    }

    private static void Measured<T>(Scope<T> scope, MeasureUnit unit, string name, Func<T, decimal?> read, string description) =>
        _ = unit == MeasureUnit.Money ? scope.Money(name, read, description) : scope.Number(name, read, description);

    private static Scope<T> Rep<T>(Scope<T> scope, Func<T, RepProfile> of, IReadOnlyList<(string Name, ExpressionKind Kind)> facts)
    {
        scope
            .Text("rep.id", c => of(c).Id, "As the source names the rep.")
            .Text("rep.title", c => of(c).Title, "Null where there is none.")
            .Text("rep.territory", c => of(c).Territory, "Null where there is none.")
            .Date("rep.hired_on", c => of(c).HiredOn, "The first day with the company; null where it is not told.")
            .Date("rep.left_on", c => of(c).LeftOn, "The first day no more with the company.")
            .Money("rep.target_incentive", c => of(c).TargetIncentive, "Of a fiscal year.")
            .Money("rep.base_salary", c => of(c).BaseSalary, "Of a fiscal year.");
        Add(scope, "rep.facts.", facts, c => of(c).Facts);
        return scope;
    }

    private static Scope<T> Month<T>(Scope<T> scope, Func<T, RepMonth> of) => scope
        .Number("rep.month_of_service", c => of(c).MonthOfService, "1 in the fiscal month of hire, 2 in the next one; null before it.")
        .Number("month_of_year", c => of(c).Month.Index + 1, "1 for the first fiscal month.")
        .Date("month_start", c => of(c).Month.Period.From, "The month's first day.")
        .Date("month_end", c => of(c).Month.Period.To.AddDays(-1), "The month's last day.");

    private static void Add<T>(Scope<T> scope, string prefix, IReadOnlyList<(string Name, ExpressionKind Kind)> facts, Func<T, FactSet> of)
    {
        foreach (var (name, kind) in facts)
        {
            _ = kind switch
            {
                ExpressionKind.Money => scope.Money(prefix + name, c => of(c).Number(name), "A fact of the document."),
                ExpressionKind.Text => scope.Text(prefix + name, c => of(c).Text(name), "A fact of the document."),
                ExpressionKind.Date => scope.Date(prefix + name, c => of(c).Value<DateOnly>(name), "A fact of the document."),
                ExpressionKind.Truth => scope.Truth(prefix + name, c => of(c).Value<bool>(name), "A fact of the document."),
                _ => scope.Number(prefix + name, c => of(c).Number(name), "A fact of the document."),
            };
        }
    }

    private static List<(string Name, ExpressionKind Kind)> Facts(DocNode? facts, string group) =>
        facts?.Find(group) is { } declared && declared.IsObject()
            ? [.. declared.Members.Select(m => (m.Name, m.Value.AsOneOf(ExpressionKind.Number)))]
            : [];
}
