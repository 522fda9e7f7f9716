using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>What is measured, and the plans that pay on it.</summary>
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

    /// <summary>The documents in the folder plans, with their own tests in them.</summary>
    public static readonly IReadOnlyDictionary<string, string> Plans = new[] { SellerPlan, LeaderPlan }
        .ToDictionary(id => id, id => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "plans", $"{id}.json")));
}
