using System.Text.Json;
using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>The company as the files an integration would send: one NDJSON file per entity.</summary>
internal sealed record CompanyFiles(string Reps, string Territories, string Accounts, string Quotas, string Transactions)
{
    public static CompanyFiles Write(Company company, string folder)
    {
        Directory.CreateDirectory(folder);
        return new CompanyFiles(
            Write(folder, "reps", company.RepRows().Select(Line)),
            Write(folder, "territories", company.TerritoryRows().Select(Line)),
            Write(folder, "accounts", company.AccountRows().Select(Line)),
            Write(folder, "quotas", company.Quotas.Select(Line)),
            Write(folder, "transactions", company.Feed));
    }

    private static string Line<T>(T row) => JsonSerializer.Serialize(row, SpmJson.Options);

    private static string Write(string folder, string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(folder, name + ".ndjson");
        File.WriteAllLines(file, lines);
        return file;
    }
}
