namespace Spm.Connectors.Salesforce;

/// <summary>A stream: an object of Salesforce and what is asked for of it.</summary>
/// <param name="Fields">Asked for always: if one is gone, the stream pauses rather than reading nothing in its place.</param>
internal sealed record ObjectStream(string Name, string Type, params string[] Fields)
{
    /// <summary>Asked for where the object has the field on the left.</summary>
    public (string Needs, string Field)[] Perhaps { get; init; } = [];

    public string? Where { get; init; }

    /// <summary>Backfilled by a job, and deletions told: objects with many records.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Read in the order of changes; otherwise everything is read each time.</summary>
    public bool IsIncremental => Fields.Contains(Soql.Changed);

    public static readonly ObjectStream Opportunities = new(
        "opportunities", "Opportunity", "Id", "Name", "Amount", "StageName", "IsWon", "IsClosed", "CloseDate", "OwnerId", "AccountId", Soql.Changed)
    {
        Perhaps = [("CurrencyIsoCode", "CurrencyIsoCode"), ("RecordTypeId", "RecordType.DeveloperName"), ("Territory2Id", "Territory2Id")],
        IsLarge = true,
    };

    public static readonly ObjectStream Lines = new(
        "opportunity_lines", "OpportunityLineItem", "Id", "OpportunityId", "Product2Id", "Name", "Quantity", "TotalPrice", Soql.Changed)
    {
        Perhaps = [("CurrencyIsoCode", "CurrencyIsoCode")],
        IsLarge = true,
    };

    /// <summary>Users of portals own no opportunities, and there may be millions of them.</summary>
    public static readonly ObjectStream Users = new("users", "User", "Id", "Name", "Email", "IsActive", "ManagerId", "EmployeeNumber", Soql.Changed)
    {
        Where = "UserType IN ('Standard','PowerPartner')",
    };

    public static readonly ObjectStream Accounts = new("accounts", "Account", "Id", "Name", "ParentId", Soql.Changed) { IsLarge = true };

    public static readonly ObjectStream Stages = new("stages", "OpportunityStage", "ApiName", "MasterLabel");

    public static readonly ObjectStream Territories = new("territories", "Territory2", "Id", "Name", "ParentTerritory2Id")
    {
        Where = "Territory2Model.State = 'Active'",
    };

    public static readonly ObjectStream TerritoryUsers = new("territory_users", "UserTerritory2Association", "Id", "UserId", "Territory2Id", "RoleInTerritory2")
    {
        Where = "Territory2.Territory2Model.State = 'Active'",
    };

    public static readonly ObjectStream[] All = [Opportunities, Lines, Users, Accounts, Stages, Territories, TerritoryUsers];

    /// <summary>What a query asks for in this org.</summary>
    /// <param name="further">Names of the configuration: <c>Opportunity.Region__c</c>.</param>
    public IReadOnlyList<string> Asked(IReadOnlyList<DescribedField> described, IReadOnlyList<string> further) =>
    [
        .. Fields
            .Concat(Perhaps.Where(p => described.Any(d => d.Name == p.Needs)).Select(p => p.Field))
            .Concat(further.Where(f => f.StartsWith(Type + ".", StringComparison.Ordinal)).Select(f => f[(Type.Length + 1)..]))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];
}
