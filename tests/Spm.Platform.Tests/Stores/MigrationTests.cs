using Spm.Storage;

namespace Spm.Platform.Tests.Stores;

public sealed class MigrationTests
{
    public static TheoryData<string> Kinds => StoreUnderTest.Kinds;

    [Fact]
    public void Both_stores_have_the_same_steps()
    {
        string[] Steps(string dialect) => [.. typeof(SpmStore).Assembly.GetManifestResourceNames()
            .Where(n => n.Contains($".Migrations.{dialect}.", StringComparison.Ordinal)).Select(n => n.Split($".{dialect}.")[1]).Order(StringComparer.Ordinal)];

        Assert.NotEmpty(Steps("Sqlite"));
        Assert.Equal(Steps("Sqlite"), Steps("Postgres"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_database_of_a_newer_program_is_refused(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute("insert into schema_version (number, name, checksum, applied_at) values (9999, '9999_later.sql', 'x', 0)"));

        var refused = Assert.Throws<StoreException>(test.Reopen);

        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_database_whose_steps_were_others_is_refused(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute("update schema_version set checksum = 'x' where number = 1"));

        var refused = Assert.Throws<StoreException>(test.Reopen);

        Assert.Contains("0001_initial.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_processes_that_start_at_once_on_an_empty_database_one_brings_it_up_to_date()
    {
        var address = Support.PostgresServer.Required.Schema();

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => SpmStore.Open(address))));

        Assert.All(stores, s => Assert.Equal(0, s.Read(r => r.Long("select count(*) from tenant"))));
        Assert.Equal(1, stores[0].Read(r => r.Long("select count(*) from schema_version where number = 1")));
        Array.ForEach(stores, s => s.Dispose());
    }

    [Theory]
    [InlineData("Host=/nowhere;Database=spm", "PostgreSQL cannot be used")]
    [InlineData("postgres://nobody@127.0.0.1:1/spm", "PostgreSQL cannot be used")]
    [InlineData("Host=a;Nonsense=secret", "cannot be read")]
    public void A_server_that_cannot_be_used_is_named_without_its_password(string address, string expected)
    {
        var refused = Assert.Throws<StoreException>(() => SpmStore.Open(address));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }
}
