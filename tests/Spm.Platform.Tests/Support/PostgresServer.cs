namespace Spm.Platform.Tests.Support;

/// <summary>The PostgreSQL of all tests. Those that need it are skipped where it is not installed, unless SPM_REQUIRE_POSTGRES says that this would be a failure.</summary>
internal static class PostgresServer
{
    private static readonly Lazy<PostgresProcess?> Server = new(() => PostgresProcess.Start(TestCluster.Tables()));

    public static PostgresProcess Required
    {
        get
        {
            if (Server.Value is null)
            {
                const string missing = "PostgreSQL is not installed: apt-get install postgresql";
                Assert.False(TestStore.IsPostgres || Environment.GetEnvironmentVariable("SPM_REQUIRE_POSTGRES") == "1", missing);
                Assert.Skip(missing);
            }
            return Server.Value;
        }
    }
}
