namespace Spm.Platform.Tests.Support;

/// <summary>What tests need besides where the platform is built with -p:Cluster=true: every host is a silo.</summary>
internal static class TestCluster
{
#if CLUSTER
    public static readonly bool IsOne = true;
#else
    public static readonly bool IsOne = false;
#endif

    /// <summary>The scripts of Orleans, which its packages do not contain: a folder with PostgreSQL-Main.sql and PostgreSQL-Clustering.sql in it or below it.</summary>
    private static readonly string? Scripts = Environment.GetEnvironmentVariable("SPM_ORLEANS_SQL");

    public static string[] Settings => IsOne ? ["--Spm:Cluster:SiloPort=0"] : [];

    /// <summary>For whoever starts a host on the embedded store, which a silo refuses.</summary>
    public static void SkipEmbeddedStore() => Assert.SkipWhen(IsOne, "A silo has no embedded store.");

    /// <summary>For whoever sets the clock of a running host back: Orleans schedules the collection of grains by it, and makes none any more until time has caught up.</summary>
    public static void SkipClockSetBack() => Assert.SkipWhen(IsOne, "A silo whose clock is set back makes no grains until it is started again.");

    /// <summary>What makes the tables of the cluster's membership in a schema; nothing where there is no cluster.</summary>
    public static string[] Tables()
    {
        if (!IsOne)
        {
            return [];
        }
        Assert.SkipWhen(Scripts is null, "SPM_ORLEANS_SQL names no folder with the scripts of Orleans.");
        return [.. new[] { "PostgreSQL-Main.sql", "PostgreSQL-Clustering.sql" }.Select(name => File.ReadAllText(Directory.GetFiles(Scripts!, name, SearchOption.AllDirectories).First()))];
    }
}
