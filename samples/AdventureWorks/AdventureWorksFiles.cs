using System.Globalization;
using CsvHelper;

namespace Spm.Samples.AdventureWorks;

/// <summary>The sample database's tables as CSV files, read row by row; only the columns that are needed.</summary>
internal sealed class AdventureWorksFiles(string folder)
{
    public IEnumerable<Seller> Sellers()
    {
        var names = Rows("Person.Person", row =>
                (Id: Text(row, "BusinessEntityID"), Name: $"{Text(row, "FirstName")} {Text(row, "LastName")}"))
            .ToDictionary(person => person.Id, person => person.Name);
        return Rows("Sales.SalesPerson", row =>
        {
            var id = Text(row, "BusinessEntityID");
            return new Seller(id, names[id], HasTerritory: Text(row, "TerritoryID").Length > 0);
        });
    }

    public IEnumerable<Territory> Territories() => Rows("Sales.SalesTerritory", row =>
        new Territory(Text(row, "TerritoryID"), Text(row, "Name"), Text(row, "Group")));

    public IEnumerable<Assignment> Assignments() => Rows("Sales.SalesTerritoryHistory", row =>
    {
        // EndDate is the last day in the territory; ours is the first day after.
        var to = Text(row, "EndDate").Length > 0 ? Day(row, "EndDate").AddDays(1) : (DateOnly?)null;
        return new Assignment(Text(row, "BusinessEntityID"), Text(row, "TerritoryID"), Day(row, "StartDate"), to);
    });

    public IEnumerable<Quota> Quotas() => Rows("Sales.SalesPersonQuotaHistory", row =>
        new Quota(Text(row, "BusinessEntityID"), Day(row, "QuotaDate"), Number(row, "SalesQuota")));

    public IEnumerable<Order> Orders() => Rows("Sales.SalesOrderHeader", row =>
    {
        var seller = Text(row, "SalesPersonID");
        return new Order(
            Text(row, "SalesOrderID"), int.Parse(Text(row, "RevisionNumber"), CultureInfo.InvariantCulture), Day(row, "OrderDate"),
            Number(row, "SubTotal"), seller.Length > 0 ? seller : null, Text(row, "TerritoryID"));
    });

    private IEnumerable<T> Rows<T>(string table, Func<CsvReader, T> read)
    {
        using var reader = new StreamReader(Path.Combine(folder, table + ".csv"));
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
            yield return read(csv);
    }

    private static string Text(CsvReader row, string column) => row.GetField(column)!;

    /// <summary>All times in the files are midnight; the platform counts in days.</summary>
    private static DateOnly Day(CsvReader row, string column) =>
        DateOnly.ParseExact(Text(row, column).AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Number(CsvReader row, string column) => decimal.Parse(Text(row, column), CultureInfo.InvariantCulture);
}

internal sealed record Seller(string Id, string Name, bool HasTerritory);

internal sealed record Territory(string Id, string Name, string Group);

/// <summary>A seller in a territory over [From, To).</summary>
internal sealed record Assignment(string Seller, string Territory, DateOnly From, DateOnly? To);

internal sealed record Quota(string Seller, DateOnly QuarterStart, decimal Amount);

internal sealed record Order(string Id, int Revision, DateOnly Date, decimal SubTotal, string? Seller, string Territory);
