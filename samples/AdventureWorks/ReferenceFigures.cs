using System.Globalization;
using System.Text.Json.Nodes;

namespace Spm.Samples.AdventureWorks;

/// <summary>
/// The right answers, computed independently of the platform from the same files: <c>reference.json</c> beside the CSV files.
/// Null members mean the folder has no such file.
/// </summary>
internal sealed class ReferenceFigures
{
    private readonly JsonNode? _root;

    private ReferenceFigures(JsonNode? root) => _root = root;

    public static ReferenceFigures Read(string folder)
    {
        var file = Path.Combine(folder, "reference.json");
        return new ReferenceFigures(File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) : null);
    }

    public decimal? Orders => Number("F1_totals", "orders");

    public decimal? SubTotal => Number("F1_totals", "subtotal");

    public decimal? CreditedOrders => Number("F1_totals", "orders_with_salesperson");

    public decimal? CreditedSubTotal => Number("F1_totals", "subtotal_with_salesperson");

    public decimal? AtOrAboveQuota => Number("F3_quarter_attainment", "at_or_above_100");

    public decimal? OutsideOrders => Number("F6_territory_assignment_crediting", "outside_orders");

    public decimal? OutsideSubTotal => Number("F6_territory_assignment_crediting", "outside_subtotal");

    public (decimal? Orders, decimal? SubTotal) Territory(string id)
    {
        var row = Rows("F4_territory").FirstOrDefault(row => (string?)row["id"] == id);
        return (Number(row?["orders"]), Number(row?["subtotal"]));
    }

    /// <summary>Seller, quota date and the exact attainment in percent at four decimals.</summary>
    public IEnumerable<(string Seller, DateOnly QuarterStart, decimal Percent)> Attainments() =>
        Rows("F3_quarter_attainment").Select(row => (
            (string)row["id"]!,
            DateOnly.ParseExact((string)row["quota_date"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Number(row["attainment_pct"])!.Value));

    private IEnumerable<JsonNode> Rows(string figure) => _root?[figure]?["rows"]?.AsArray().OfType<JsonNode>() ?? [];

    private decimal? Number(string figure, string name) => Number(_root?[figure]?[name]);

    /// <summary>Counts are JSON numbers there, money is text.</summary>
    private static decimal? Number(JsonNode? node) =>
        node is null ? null : decimal.Parse(node.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture);
}
