namespace Spm.Platform.Companies;

/// <summary>The kinds of reference records: their name in the store and the prefix of their ids.</summary>
public sealed record RecordKind(string Name, string Prefix);

public static class RecordKinds
{
    public const string Company = "company";
    public const string Year = "year";
    public const string Period = "period";
    public const string Quota = "quota";
    public const string FxRate = "fx_rate";

    public static readonly RecordKind Measure = new("measure", "msr");
    public static readonly RecordKind Plan = new("plan", "plan");
    public static readonly RecordKind Rep = new("rep", "rep");
    public static readonly RecordKind Territory = new("territory", "ter");
    public static readonly RecordKind Account = new("account", "acc");
}
