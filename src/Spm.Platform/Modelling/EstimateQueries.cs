using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.Modelling;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts.Explaining;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Modelling;

/// <summary>"What would these deals pay?" Stateless: nothing is written, and the same question gives the same answer while nothing else changes.</summary>
public sealed class EstimateQueries(TenantDirectory tenants, SpmStore store)
{
    public Result<EstimateView> Estimate(Caller caller, string id, EstimateInput input)
    {
        if (caller.Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var company = tenant.Company;
        if (company.Reps.ById(id) is not { } rep || !Sight.Of(caller, company).Sees(rep.No))
        {
            return new Error(ErrorCodes.NotFound, $"There is no rep '{id}'.");
        }
        var deals = Deals(tenant, input);
        if (!deals.IsOk)
        {
            return deals.Error!;
        }
        try
        {
            return View(company, rep.No, Estimates.Of(Run(company, rep.No, deals.Value, []), Run(company, rep.No, deals.Value, deals.Value)));
        }
        catch (Exception failure) when (failure is OverflowException or ExpressionException)
        {
            return new Error(ErrorCodes.FigureTooLarge, failure.Message);
        }
    }

    /// <summary>Both runs take the months of the deals as begun: the difference is what the deals pay, not what the calendar does.</summary>
    private Compensation.PayRuns.PayRun Run(Company company, int rep, IReadOnlyList<CreditLine> deals, IReadOnlyList<CreditLine> more) => store.Read(session =>
        new RepRuns(session, company).Of(rep, company.Calendar.Years, deals.Max(d => company.Calendar.MonthOf(d.Date)!.No), more: more));

    private static Result<IReadOnlyList<CreditLine>> Deals(TenantRuntime tenant, EstimateInput input)
    {
        List<FieldError> errors = [];
        void Fail(string field, string code, string detail) => errors.Add(new FieldError(field, code, detail));
        if (input.Deals is not { Count: > 0 and <= Limits.EstimatedDeals })
        {
            Fail("deals", ErrorCodes.LimitExceeded, $"1 to {Limits.EstimatedDeals} deals are estimated.");
            return Error.Of(errors);
        }
        List<CreditLine> lines = [];
        for (var i = 0; i < input.Deals.Count; i++)
        {
            var (deal, at) = (input.Deals[i], $"deals/{i}");
            if (tenant.Company.Calendar.MonthOf(deal.Date) is null)
            {
                Fail($"{at}/date", ErrorCodes.DateOutsideCalendar, $"{deal.Date:yyyy-MM-dd} lies in no fiscal period.");
            }
            if (deal.Amount < 0m || deal.Quantity < 0m)
            {
                Fail($"{at}/{(deal.Amount < 0m ? "amount" : "quantity")}", ErrorCodes.AmountNegative, "Amounts and quantities are not negative: a refund is a deal of the kind `refund`.");
            }
            else if (deal.Amount > Limits.MaxAmount || deal.Quantity > Limits.MaxAmount || deal.Margin is < -Limits.MaxAmount or > Limits.MaxAmount)
            {
                Fail($"{at}/amount", ErrorCodes.AmountTooLarge, $"Amounts and quantities lie between 0 and {Limits.MaxAmount:0}.");
            }
            if (deal.Percent is <= 0m or > 100m)
            {
                Fail($"{at}/percent", ErrorCodes.PercentInvalid, "The rep's part is above 0 and up to 100 %.");
            }
            var facts = Facts.Check($"{at}/facts", deal.Facts, Fail);
            lines.Add(Line(tenant, deal, i, facts?.GetRawText()));
        }
        return errors.Count > 0 ? Error.Of(errors) : Result<IReadOnlyList<CreditLine>>.Of(lines);
    }

    private static CreditLine Line(TenantRuntime tenant, EstimatedDealInput deal, int index, string? facts)
    {
        var share = deal.Percent / 100m * (deal.Kind == Compensation.Crediting.TransactionKind.Refund ? -1 : 1);
        var id = $"estimate/{index}";
        return new CreditLine
        {
            Transaction = id,
            Deal = deal.Deal is { } about && tenant.Sources.TryGetValue(deal.Source ?? "", out var source) ? Ids.ForTransaction(source, about) : deal.Deal ?? id,
            Date = deal.Date,
            Kind = WireNames.Of(deal.Kind),
            Credit = deal.Credit,
            Share = deal.Percent / 100m,
            Amount = deal.Amount * share,
            Quantity = deal.Quantity * share,
            Margin = deal.Margin * share,
            Product = deal.Product,
            Account = deal.Account,
            Facts = facts is null ? FactSet.Empty : DocFacts.Read(DocParser.Parse(facts, new DocErrors())),
        };
    }

    private static EstimateView View(Company company, int rep, Estimate estimate)
    {
        var currency = company.Currency;
        var index = estimate.After.Months.Select((m, i) => (m.Month.No, i)).ToDictionary(m => m.No, m => m.i);
        return new EstimateView(
            TransactionViews.Rep(company, rep),
            MoneyView.Of(estimate.DifferenceMinor, currency),
            [
                .. estimate.Months.Select(m => new EstimatedMonthView(
                    m.Month.Id,
                    MoneyView.Of(m.BeforeMinor, currency),
                    MoneyView.Of(m.AfterMinor, currency),
                    MoneyView.Of(m.DifferenceMinor, currency),
                    PaidIn(company, m.Month),
                    CalculationView.Of(Explanations.OfPay(estimate.After, index[m.Month.No])))),
            ],
            [
                .. estimate.Components.Select(c => new EstimatedComponentView(
                    c.Month.Id, c.Component, Wire.Exact(c.IncentiveBefore), Wire.Exact(c.IncentiveAfter), Percent(c.AttainmentBefore), Percent(c.AttainmentAfter))),
            ]);
    }

    private static string? PaidIn(Company company, FiscalMonth month) => company.StatusOf(month) == PeriodStatus.Open
        ? month.Id
        : company.Calendar.Months.FirstOrDefault(m => company.StatusOf(m) == PeriodStatus.Open)?.Id;

    private static string? Percent(decimal? attainment) => attainment is { } fraction ? Wire.Percent(Rounding.Percent(fraction)) : null;
}
