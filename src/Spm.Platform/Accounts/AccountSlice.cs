using Spm.Platform.Companies;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Accounts;

/// <param name="Territory">One territory for all time; or <paramref name="Territories"/>, dated.</param>
public sealed record AccountInput(string Name, string? Territory = null, IReadOnlyList<DatedTerritory>? Territories = null);

/// <summary>From <paramref name="From"/> (included) to <paramref name="To"/> (not included).</summary>
public sealed record DatedTerritory(string Territory, DateOnly? From = null, DateOnly? To = null);

public sealed record AccountView(string Id, string Source, string ExternalId, string Name, IReadOnlyList<DatedTerritory> Territories, string UpdatedAt) : INode;

/// <summary>Accounts: customers and prospects, each in a territory at a time.</summary>
public sealed class AccountSlice : RecordSlice<AccountInput, AccountDoc>
{
    public override string Entity => "accounts";

    public override Registry<AccountDoc> Of(Company company) => company.Accounts;

    protected override string Name(AccountDoc doc) => doc.Name;

    protected override IReadOnlyDictionary<string, string> Singles { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["territory"] = "territories" };

    public override AccountView View(Entry<AccountDoc> entry, Company company) => new(
        entry.Id, entry.Source, entry.ExternalId, entry.Doc.Name, [.. entry.Doc.Territories.Select(t => new DatedTerritory(t.Ref, t.From, t.To))], Wire.Instant(entry.UpdatedAt));

    protected override RegistryEditor<AccountDoc> Registry(CompanyEditor editor) => editor.Accounts;

    protected override AccountDoc Check(AccountInput input, RecordCheck check, Entry<AccountDoc>? old) => new(
        check.Name(input.Name),
        check.Dated(
            "territory",
            "territories",
            input.Territory,
            input.Territories?.Select(t => ((string?)t.Territory, t.From, t.To)).ToArray(),
            check.Editor.Territories,
            ErrorCodes.TerritoryUnknown));

    protected override bool CreditsAlike(AccountDoc before, AccountDoc after) => before.Territories.SequenceEqual(after.Territories);
}
