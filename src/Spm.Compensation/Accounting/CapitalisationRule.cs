using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Accounting;

/// <summary>A cost that stands beside a contract, in the company's currency.</summary>
/// <param name="OnlyIfObtained">It would not have been incurred if the contract had not been obtained: a commission is, travel to the customer is not.</param>
/// <param name="ExpectedToBeRecovered">By what the customer will pay.</param>
public readonly record struct ContractCost(string Name, decimal Amount, bool OnlyIfObtained, bool ExpectedToBeRecovered = true);

/// <summary>Which costs become an asset and which are expensed as they are incurred. Both in the order that they were given in.</summary>
public sealed record CapitalisedCosts(IReadOnlyList<ContractCost> Capitalised, IReadOnlyList<ContractCost> Expensed)
{
    public decimal CapitalisedAmount => Capitalised.Sum(c => c.Amount);
}

/// <summary>
/// How the cost of obtaining a contract is carried (ASC 340-40-25, IFRS 15.91): incremental costs that are expected to be recovered become
/// an asset, which is amortised month by month in equal parts. Worked example: accounting.md.
/// </summary>
public sealed record CapitalisationRule
{
    public const int MaxMonths = 600;

    public const int MaxDecimals = 10;

    private CompiledExpression<CreditContext>? _monthsOfDeal;
    private string? _canonical;

    /// <param name="months">Over which the asset is amortised, 1 to <see cref="MaxMonths"/>.</param>
    /// <param name="decimals">At which cumulative figures are rounded, 0 to <see cref="MaxDecimals"/>; null for the currency's minor unit.</param>
    /// <param name="expenseUpToMonths">An asset of so many months or fewer is expensed at once, 0 to 12 (the practical expedient). 0: none is.</param>
    public CapitalisationRule(int months, int? decimals = null, int expenseUpToMonths = 0)
    {
        InRange(months, 1, MaxMonths, nameof(months));
        InRange(decimals ?? 0, 0, MaxDecimals, nameof(decimals));
        InRange(expenseUpToMonths, 0, 12, nameof(expenseUpToMonths));
        (Months, Decimals, ExpenseUpToMonths) = (months, decimals, expenseUpToMonths);
    }

    /// <summary>Of every contract; where they depend on the deal see <see cref="Of"/>.</summary>
    public int Months { get; }

    /// <summary>Whether the months depend on the deal: on its product, its term.</summary>
    public bool IsPerDeal => _monthsOfDeal is not null;

    /// <summary>
    /// The rule for one deal. Null, and then its cost is expensed as it is incurred: the months of the deal are not known or less than one, or the cost
    /// belongs to no deal.
    /// </summary>
    /// <param name="deal">Null where there is none.</param>
    public CapitalisationRule? Of(CreditContext? deal) => !IsPerDeal ? this
        : deal is not null && _monthsOfDeal!.Number(deal) is >= 1m and var months ? new CapitalisationRule((int)Math.Min(decimal.Ceiling(months), MaxMonths), Decimals, ExpenseUpToMonths)
        : null;

    public int? Decimals { get; }

    public int ExpenseUpToMonths { get; }

    public int DecimalsFor(Currency currency) => Decimals ?? currency.MinorDigits;

    /// <summary>Only incremental costs of obtaining the contract are capitalised, and only where they are expected to be recovered.</summary>
    public CapitalisedCosts Capitalise(IEnumerable<ContractCost> costs)
    {
        var atOnce = Months <= ExpenseUpToMonths;
        var byFate = costs.ToLookup(c => !atOnce && c is { OnlyIfObtained: true, ExpectedToBeRecovered: true });
        return new CapitalisedCosts([.. byFate[true]], [.. byFate[false]]);
    }

    public static CapitalisationRule Read(DocNode node) => Read(node, PlanScopes.WithoutFacts.Credit);

    /// <param name="scope">What months that depend on the deal may ask for.</param>
    public static CapitalisationRule Read(DocNode node, Scope<CreditContext> scope)
    {
        node.IsObject();
        var written = node.Get("months");
        var ofDeal = written.IsExpression ? ExpressionCompiler.Read(written, scope, ExpressionKind.Number) : null;
        var months = written.IsExpression ? 1 : node.Whole("months", otherwise: 1, least: 1, most: MaxMonths);
        int? decimals = node.Has("decimals") ? node.Whole("decimals", otherwise: 0, least: 0, most: MaxDecimals) : null;
        var expense = node.Whole("expense_up_to_months", otherwise: 0, least: 0, most: 12);
        node.RefuseOthers();
        return new CapitalisationRule(months, decimals, expense) { _monthsOfDeal = ofDeal, _canonical = ofDeal?.Canonical };
    }

    public bool Equals(CapitalisationRule? other) =>
        other is not null && (Months, Decimals, ExpenseUpToMonths, _canonical) == (other.Months, other.Decimals, other.ExpenseUpToMonths, other._canonical);

    public override int GetHashCode() => HashCode.Combine(Months, Decimals, ExpenseUpToMonths, _canonical);

    private static void InRange(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"From {least} to {most}.");
        }
    }

    public const string Schema = """
        {
          "type": "object",
          "description": "How incremental costs of obtaining a contract are carried as an asset and amortised in equal monthly parts (ASC 340-40, IFRS 15.91).",
          "properties": {
            "months": { "type": ["integer", "string"], "minimum": 1, "maximum": 600, "minLength": 1, "maxLength": 4000, "description": "Months over which the asset is amortised, the first one included. A number, or an expression over the deal: by its product or term. It is rounded up; where it is not known or less than 1, or a cost belongs to no deal, the cost is expensed." },
            "decimals": { "type": ["integer", "string"], "minimum": 0, "maximum": 10, "description": "Decimals at which cumulative figures are rounded, half to even. Default: the currency's minor unit." },
            "expense_up_to_months": { "type": ["integer", "string"], "minimum": 0, "maximum": 12, "description": "The practical expedient: an asset of so many months or fewer is expensed at once. Default 0: none is." }
          },
          "required": ["months"],
          "additionalProperties": false
        }
        """;
}
