using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;

namespace Spm.Compensation.PlanDocuments;

/// <summary>
/// What the expressions of a document may ask for: of a credit, of a rep, of a component to date. A document declares the further facts
/// it uses with their kinds, so that a misspelt one is an error and not a null.
/// </summary>
public sealed class PlanScopes
{
    private readonly Dictionary<string, ComponentRef> _components = new(StringComparer.Ordinal);
    private readonly Scope<PeriodContext> _ofMoney;
    private readonly Scope<PeriodContext> _ofCount;

    public PlanScopes(DocNode? facts)
    {
        var deal = Facts(facts, "deal");
        var rep = Facts(facts, "rep");
        _ = facts?.IsObject();
        facts?.RefuseOthers();
        Credit = Rep(OfCredit(deal), c => c.Rep, rep);
        RepAlone = Rep(new Scope<RepProfile>(), r => r, rep);
        _ofMoney = Rep(OfPeriod(MeasureUnit.Money), p => p.Rep, rep);
        _ofCount = Rep(OfPeriod(MeasureUnit.Count), p => p.Rep, rep);
    }

    public Scope<CreditContext> Credit { get; }

    public Scope<RepProfile> RepAlone { get; }

    /// <summary>
    /// Of a component whose measure is money, or a count: so are its figures. Also knows <c>components.ID.FIGURE</c> of every component that is
    /// announced by <see cref="Announce"/>.
    /// </summary>
    public Scope<PeriodContext> Period(MeasureUnit unit) => unit == MeasureUnit.Money ? _ofMoney : _ofCount;

    public IReadOnlyDictionary<string, ComponentRef> Components => _components;

    public void Announce(string component, MeasureUnit unit)
    {
        var at = new ComponentRef();
        if (!_components.TryAdd(component, at))
        {
            return;
        }
        foreach (var scope in new[] { _ofMoney, _ofCount })
        {
            Measured(scope, unit, $"components.{component}.month", p => p.Of(at.Index).Month, "Credited in the month.");
            Measured(scope, unit, $"components.{component}.to_date", p => p.Of(at.Index).ToDate, "Credited in the attainment period to date.");
            Measured(scope, unit, $"components.{component}.quota", p => p.Of(at.Index).Quota, "Null while it is not fully set.");
            scope.Number($"components.{component}.attainment", p => p.Of(at.Index).Attainment, "A fraction: 80% and 0.8 are the same.")
                .Money($"components.{component}.earned", p => p.Of(at.Index).Earned, "Earned in the measurement period to date.");
        }
    }

    private static Scope<CreditContext> OfCredit(IReadOnlyList<(string Name, ExpressionKind Kind)> facts)
    {
        var scope = new Scope<CreditContext>()
            .Money("amount", c => c.Amount, "The rep's part of the amount, in the plan's currency; a refund's is negative.")
            .Number("quantity", c => c.Line.Quantity, "The rep's part of the quantity.")
            .Money("margin", c => c.Margin, "The rep's part of the margin, in the plan's currency; null when the source gives none.")
            .Number("share", c => c.Line.Share, "The rep's part of the deal: 60 % is 0.6.")
            .Text("kind", c => c.Line.Kind, "order, invoice, payment, refund, …")
            .Text("credit", c => WireNames.Of(c.Line.Credit), "direct, overlay or roll_up.")
            .Text("product", c => c.Line.Product, "")
            .Text("account", c => c.Line.Account, "")
            .Text("territory", c => c.Line.Territory, "")
            .Text("transaction", c => c.Line.Transaction, "The transaction's id.")
            .Date("date", c => c.Line.Date, "The transaction's day.");
        Add(scope, "facts.", facts, c => c.Line.Facts);
        return scope;
    }

    private static Scope<PeriodContext> OfPeriod(MeasureUnit unit)
    {
        var scope = new Scope<PeriodContext>()
            .Number("attainment", p => p.Own.Attainment, "to_date / quota: 80% and 0.8 are the same.")
            .Money("target_incentive", p => p.Own.TargetIncentive, "Of the attainment period, or of its months so far.")
            .Number("month_of_year", p => p.Month + 1, "1 for the first fiscal month.");
        Measured(scope, unit, "month", p => p.Own.Month, "Credited in the month, in units of the component's measure.");
        Measured(scope, unit, "measured", p => p.Own.ToDate - p.Own.Before, "Credited in the measurement period to date.");
        Measured(scope, unit, "to_date", p => p.Own.ToDate, "Credited in the attainment period to date.");
        Measured(scope, unit, "quota", p => p.Own.Quota, "That to_date stands against.");
        return scope;
    }

    private static void Measured(Scope<PeriodContext> scope, MeasureUnit unit, string name, Func<PeriodContext, decimal?> read, string description) =>
        _ = unit == MeasureUnit.Money ? scope.Money(name, read, description) : scope.Number(name, read, description);

    private static Scope<T> Rep<T>(Scope<T> scope, Func<T, RepProfile> of, IReadOnlyList<(string Name, ExpressionKind Kind)> facts)
    {
        scope
            .Text("rep.id", c => of(c).Id, "")
            .Text("rep.title", c => of(c).Title, "")
            .Text("rep.territory", c => of(c).Territory, "")
            .Date("rep.hired_on", c => of(c).HiredOn, "")
            .Date("rep.left_on", c => of(c).LeftOn, "The first day no more with the company.")
            .Money("rep.target_incentive", c => of(c).TargetIncentive, "Of a fiscal year.")
            .Money("rep.base_salary", c => of(c).BaseSalary, "Of a fiscal year.");
        Add(scope, "rep.facts.", facts, c => of(c).Facts);
        return scope;
    }

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
