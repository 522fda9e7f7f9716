namespace Spm.Compensation.PlanDocuments;

/// <summary>
/// What the readers take where a document says nothing, so that writing a default out is no change of the plan. By the name of the
/// object that owns the member; items of a list are named by the list.
/// </summary>
internal static class PlanDefaults
{
    private static readonly Dictionary<(string Owner, string Member), string> _values = new()
    {
        [("lookups", "gives")] = "number",
        [("lookups", "mode")] = "flat",
        [("measures", "unit")] = "money",
        [("components", "per")] = "period",
        [("components", "credits")] = "direct",
        [("components", "attainment_period")] = "year",
        [("rate_table", "on")] = "attainment",
        [("rate_table", "yields")] = "percent",
        [("rate_table", "of")] = "counted",
        [("matrix", "mode")] = "step",
        [("matrix", "of")] = "target_incentive",
        [("goals", "between")] = "step",
        [("threshold", "then")] = "from_first",
        [("gates", "once_open_stays")] = "false",
        [("multipliers", "mode")] = "flat",
        [("kickers", "keep")] = "false",
        [("contest", "wins")] = "highest",
        [("contest", "ties")] = "share",
        [("contest", "score")] = "sum",
        [("true_up", "hold_back_percent")] = "0",
        [("rounding", "mode")] = "half_even",
        [("rounding", "each")] = "period",
        [("pay, rounding", "each")] = "year_to_date",
        [("hold", "percent")] = "100",
        [("hold", "after")] = "sale",
        [("minimum", "year_end_pays_all")] = "false",
        [("draw", "per")] = "month",
        [("draw", "from")] = "1",
        [("draw", "recovery_starts")] = "1",
        [("draw", "recovery_percent")] = "100",
        [("draw", "opening_balance")] = "0",
        [("seasonality", "decimals")] = "4",
        [("ramp", "counts_from")] = "first_active_month",
        [("proration", "month")] = "any_day",
        [("fx", "rate")] = "transaction_date",
        [("fx", "average_decimals")] = "10",
        [("accounting", "expense_up_to_months")] = "0",
        [("transactions", "kind")] = "order",
        [("transactions", "credit")] = "direct",
        [("transactions", "share")] = "100",
        [("transactions", "amount")] = "0",
        [("transactions", "quantity")] = "0",
        [("costs", "only_if_obtained")] = "true",
        [("costs", "expected_to_be_recovered")] = "true",
    };

    /// <summary>Members whose default is another member of the same object.</summary>
    private static readonly Dictionary<(string Owner, string Member), string> _likeAnother = new()
    {
        [("components", "measurement_period")] = "attainment_period",
        [("components", "name")] = "id",
        [("goals", "name")] = "id",
        [("", "name")] = "plan",
        [("transactions", "deal")] = "id",
    };

    public static string? Of(string owner, string member) => _values.GetValueOrDefault((owner, member));

    public static string? LikeAnother(string owner, string member) => _likeAnother.GetValueOrDefault((owner, member));
}
