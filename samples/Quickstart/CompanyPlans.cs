using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>What is measured and what it pays.</summary>
internal static class CompanyPlans
{
    public const string Bookings = "bookings";
    public const string Margin = "margin";

    public const string SellerPlan = "ae-2025";
    public const string LeaderPlan = "lead-2025";

    public const string Platform = "PLATFORM";
    public const string Security = "SECURITY";
    public const string Analytics = "ANALYTICS";
    public const string Services = "SERVICES";

    /// <summary>Invoices and payments come in the same feed and count for neither measure.</summary>
    public static readonly IReadOnlyDictionary<string, MeasureRow> Measures = new Dictionary<string, MeasureRow>
    {
        [Bookings] = new("Bookings", "amount", ["order", "refund"]),
        [Margin] = new("Gross margin", "margin", ["order", "refund"]),
    };

    public static readonly IReadOnlyDictionary<string, PlanRow> Plans = new Dictionary<string, PlanRow>
    {
        [SellerPlan] = new("Account executive 2025", [new PlanVersion(Company.YearStart,
        [
            // Accelerates with the year: the rate of a deal in autumn depends on everything booked since January.
            new PlanComponent("bookings", "Bookings commission", Bookings)
            {
                Credits = ["direct"],
                AttainmentPeriod = "year",
                Quota = "to_date",
                RateTable = RateTable.Step((0, 4), (50, 6), (100, 9), (120, 12)),
            },
            new PlanComponent("margin", "Margin bonus", Margin)
            {
                Credits = ["direct"],
                AttainmentPeriod = "quarter",
                Quota = "full",
                RateTable = RateTable.Step((0, 1), (80, 2), (100, 3.5m)),
            },
        ])]),

        // Managers earn on what rolls up from their reports, specialists on what they help to sell: nobody has both.
        [LeaderPlan] = new("Leaders and specialists 2025", [new PlanVersion(Company.YearStart,
        [
            new PlanComponent("team", "Team and overlay commission", Bookings)
            {
                Credits = ["roll_up", "overlay"],
                AttainmentPeriod = "year",
                Quota = "to_date",
                RateTable = RateTable.Step((0, 0.4m), (80, 0.6m), (100, 1.2m)),
            },
        ])]),
    };
}
