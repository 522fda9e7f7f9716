namespace Spm.Platform.Kernel;

/// <summary>Every bound of the platform in one place.</summary>
public static class Limits
{
    public const int PageSize = 100;
    public const int MaxPageSize = 1000;
    public const int IdLength = 200;
    public const int NameLength = 500;
    public const int MaxDatedEntries = 200;

    /// <summary>Of an amount, quantity or margin. Ninety such transactions of one rep and month fit into one sum.</summary>
    public const decimal MaxAmount = 10_000_000_000_000m;

    public const int MaxSplits = 64;
    public const int MaxMeasures = 64;
    public const decimal MinQuota = 0.0001m;
    public const decimal MaxQuota = 900_000_000_000_000m;
    public const decimal MaxScore = 1000m;
    public const int MaxFacts = 64;
    public const int FactsLength = 16 * 1024;
    public const int JsonDepth = 64;
    public const long BodyBytes = 4 * 1024 * 1024;
    public const long ImportBytes = 2L * 1024 * 1024 * 1024;
    public const int ImportRowBytes = 1024 * 1024;
    public const int ImportChunkBytes = 16 * 1024 * 1024;
    public const int ImportKeptRowLength = 64 * 1024;
    public const int ImportChunkRows = 128_000;
    public const int EstimatedDeals = 1000;
    public const int ExplainCredits = 1000;
    public const int MaxLeaseSeconds = 24 * 60 * 60;
}
