using Spectre.Console;
using Spm.Cli.Rendering;
using Spm.Client;

namespace Spm.Samples.AdventureWorks;

/// <summary>What the platform says beside what the files say, figure by figure.</summary>
internal sealed class AdventureWorksReconciliation
{
    private readonly List<(string Figure, decimal Platform, decimal? Reference, bool IsMoney)> _figures = [];

    /// <summary>True when every figure that has a reference equals it.</summary>
    public bool Agrees => _figures.TrueForAll(figure => figure.Reference is null || figure.Platform == figure.Reference);

    public static async Task<AdventureWorksReconciliation> OfAsync(SpmClient client, string folder, CancellationToken ct)
    {
        var result = new AdventureWorksReconciliation();
        var reference = ReferenceFigures.Read(folder);
        await result.AddTotalsAsync(client, reference, ct);
        await result.AddTerritoriesAsync(client, folder, reference, ct);
        await result.AddAttainmentsAsync(client, folder, reference, ct);
        await result.AddOutsideAsync(client, reference, ct);
        return result;
    }

    public Table ToTable()
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).Title("[bold]Reconciliation[/]")
            .AddColumn("Figure").AddColumn(new TableColumn("Platform").RightAligned())
            .AddColumn(new TableColumn("Reference").RightAligned()).AddColumn("");
        foreach (var (figure, platform, reference, isMoney) in _figures)
        {
            var verdict = reference is null ? new Text("") : platform == reference
                ? new Text("equal", new Style(Color.Green)) : new Text("DIFFERS", new Style(Color.Red));
            var right = reference is { } value ? Show(value) : Figures.Missing;
            table.AddRow(new Text(figure), new Text(Show(platform)), new Text(right), verdict);

            string Show(decimal number) => number.ToString(isMoney ? "#,0.0000" : "#,0");
        }

        return table;
    }

    private async Task AddTotalsAsync(SpmClient client, ReferenceFigures reference, CancellationToken ct)
    {
        var books = await client.Results.ReconciliationAsync(ct);
        Count("Orders", books.Transactions.Count, reference.Orders);
        Sum("Subtotal", books.Transactions.Amount, reference.SubTotal);
        Count("Credited orders", books.Credited.Count, reference.CreditedOrders);
        Sum("Credited subtotal", books.Credited.Amount, reference.CreditedSubTotal);
        Count("Uncredited orders", books.Uncredited.Count, reference.Orders - reference.CreditedOrders);
        Sum("Uncredited subtotal", books.Uncredited.Amount, reference.SubTotal - reference.CreditedSubTotal);
    }

    private async Task AddTerritoriesAsync(SpmClient client, string folder, ReferenceFigures reference, CancellationToken ct)
    {
        foreach (var territory in new AdventureWorksFiles(folder).Territories())
        {
            var id = await client.Setup.FindTerritoryAsync(AdventureWorksLoader.Source, territory.Id, ct)
                ?? throw new InvalidDataException($"The platform does not know territory {territory.Id}.");
            var live = await client.Results.TerritoryLiveAsync(id, ct);
            var months = live.Measures.SelectMany(measure => measure.Periods).ToList();
            var (orders, subTotal) = reference.Territory(territory.Id);
            Count($"{territory.Name}, orders", months.Sum(month => month.Own.Count), orders);
            Sum($"{territory.Name}, subtotal", months.Sum(month => month.Own.Amount), subTotal);
        }
    }

    private async Task AddAttainmentsAsync(SpmClient client, string folder, ReferenceFigures reference, CancellationToken ct)
    {
        var calendar = new AdventureWorksCalendar(new AdventureWorksFiles(folder).Quotas());
        var all = new List<Attainment>();
        foreach (var quarter in calendar.Quarters)
            all.AddRange(await client.Results.AttainmentsAsync(quarter, AdventureWorksLoader.Measure, ct: ct).ToListAsync(ct));
        Count("Quarters at or above quota", all.Count(one => one.Percent >= 100), reference.AtOrAboveQuota);

        var expected = reference.Attainments().ToDictionary(one => (one.Seller, calendar.QuarterOf(one.QuarterStart)), one => one.Percent);
        var equal = all.Count(one =>
            expected.TryGetValue((one.Rep.ExternalId ?? "", one.Period), out var percent)
            && one.Percent is { } ours && decimal.Round(ours, 4, MidpointRounding.ToEven) == percent);
        Count("Attainments equal at 4 decimals", equal, expected.Count > 0 ? expected.Count : null);
    }

    private async Task AddOutsideAsync(SpmClient client, ReferenceFigures reference, CancellationToken ct)
    {
        var problems = await client.Results.ProblemSummaryAsync(ct).Where(one => one.Code == "outside_territory").ToListAsync(ct);
        Count("Orders outside the seller's territory", problems.Sum(one => one.Count), reference.OutsideOrders);
        Sum("Their subtotal", problems.Sum(one => one.AmountAtStake), reference.OutsideSubTotal);
    }

    private void Count(string figure, decimal platform, decimal? reference) => _figures.Add((figure, platform, reference, false));

    private void Sum(string figure, decimal platform, decimal? reference) => _figures.Add((figure, platform, reference, true));
}
