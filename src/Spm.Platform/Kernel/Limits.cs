namespace Spm.Platform.Kernel;

/// <summary>Every bound of the platform in one place.</summary>
public static class Limits
{
    public const int PageSize = 100;
    public const int MaxPageSize = 1000;
    public const int IdLength = 200;
    public const int NameLength = 500;

    /// <summary>Of a sentence that says why something is refused; what it quotes is shortened.</summary>
    public const int DetailLength = 1500;

    /// <summary>Of the path to a field that is refused.</summary>
    public const int FieldPathLength = 600;

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
    public const int HeaderBytes = 32 * 1024;
    public const int HeaderCount = 100;
    public const int HeaderSeconds = 15;

    /// <summary>Below this for five seconds, and whoever sends a body is hung up on.</summary>
    public const int BodyBytesPerSecond = 240;

    public const int Connections = 10_000;
    public const int ImportRowBytes = 1024 * 1024;
    public const int ImportChunkBytes = 16 * 1024 * 1024;
    public const int ImportKeptRowLength = 64 * 1024;
    public const int ImportChunkRows = 128_000;

    /// <summary>Of what a connection has read and not taken, as text. A part that is larger is there alone.</summary>
    public const long LandedBytes = 32 * 1024 * 1024;

    /// <summary>A full read that does not show so many records that were there, and more than a half of all, is not believed before a person agrees.</summary>
    public const int VanishedRecords = 10;

    public const int EstimatedDeals = 1000;
    public const int ExplainCredits = 1000;
    public const int Leaderboard = 100;

    /// <summary>Of a component in a month so many deals of which a value is not known are problems of their own; the others are one together.</summary>
    public const int NamedUnknownValues = 20;

    public const int MaxLeaseSeconds = 24 * 60 * 60;
    public const int MaxGrants = 64;
    public const int MaxWebhooks = 20;
    public const int MaxWebhookSecrets = 5;
    public const int WebhookUrlLength = 2000;
    public const int WebhookSeconds = 20;

    /// <summary>Of an answer, so much is kept for whoever looks for what went wrong.</summary>
    public const int WebhookExcerptLength = 200;

    /// <summary>The longest that `Prefer: wait=` is heeded.</summary>
    public const int WaitSeconds = 60;

    /// <summary>Of the names in `fields`.</summary>
    public const int MaxFields = 100;

    /// <summary>Names in `fields` lead so deep into an answer.</summary>
    public const int FieldDepth = 4;

    /// <summary>Events and what became of them are kept for so long.</summary>
    public const int EventDays = 30;

    /// <summary>What was written or taken away is told for so long.</summary>
    public const int ChangeDays = 30;

    public const int ReplayedEvents = 100_000;
    public const int MaxOverlapSeconds = 7 * 24 * 60 * 60;
}
