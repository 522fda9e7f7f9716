using Npgsql;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Stores;

/// <summary>Rows that go to PostgreSQL while they are bound, and what becomes of the commit, of the session and of other work where that goes wrong midway.</summary>
public sealed class StreamedRowsTests
{
    private const int Many = 1000;
    private const string Insert = "insert into item (tenant, no, name, amount) values (?, ?, ?, ?)";
    private const string PassOver = Insert + " on conflict do nothing";

    /// <summary>Long enough for the server to have seen, and refused, the first of them while the last are bound.</summary>
    private static readonly string Long = new('ü', 2000);

    public static TheoryData<string, bool> Refusals
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (var refusal in (string[])["nul", "surrogate", "key", "condition", "bind", "overflow"])
            {
                data.Add(refusal, false);
                data.Add(refusal, true);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Refusals))]
    public async Task Work_whose_rows_are_refused_midway_is_undone_alone_and_others_of_its_commit_are_written(string refusal, bool isAlone)
    {
        using var test = await StoreUnderTest.OpenAsync("postgres");
        await test.Store.Writer.WriteAsync(s =>
        {
            s.Execute("alter table item add check (amount <> -13)");
            s.Execute("insert into item (tenant, no, name) values (1, 700, 'there')");
        });

        int Refused(SqlSession s)
        {
            s.Send("insert into item (tenant, no, name) values (2, 1, 'of the work that is undone')");
            var insert = s.Prepare(refusal == "key" ? Insert : PassOver);
            return insert.Write(Many, i => Bind(insert, 1, i, i == 700 ? Name(refusal) : Long, i == 700 ? Amount(refusal) : i));
        }
        int Fine(SqlSession s, int tenant)
        {
            var insert = s.Prepare(PassOver);
            return insert.Write(Many, i => Bind(insert, tenant, i, "fine", i));
        }
        Func<SqlSession, int>[] work = isAlone ? [Refused] : [s => Fine(s, 3), Refused, s => Fine(s, 4)];
        var ended = await TogetherAsync(test, work);

        Assert.Equal(isAlone ? [false] : [true, false, true], ended.Select(e => e is null));
        Assert.Equal(refusal == "overflow", ended.OfType<OverflowException>().Any());
        Assert.Equal(Many, await test.Store.Writer.WriteAsync(s => Fine(s, 5)));
        Assert.Equal(
            isAlone ? [(1, 1), (5, Many)] : [(1, 1), (3, Many), (4, Many), (5, Many)],
            test.Store.Read(s => s.Query("select tenant, count(*) from item group by tenant order by tenant", r => (r.GetInt32(0), r.GetInt32(1)))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(Many - 1)]
    public async Task A_known_key_among_streamed_rows_costs_one_more_statement_and_other_work_of_the_commit_follows(int known)
    {
        using var test = await StoreUnderTest.OpenAsync("postgres");
        await test.Store.Writer.WriteAsync(s =>
        {
            s.Execute("insert into item (tenant, no, name) values (1, $1, 'there')", known);
            // A sequence is not taken back with what is undone.
            s.Execute("create sequence tries");
            s.Execute("create function try() returns trigger language plpgsql as $$ begin perform nextval('tries'); return null; end $$");
            s.Execute("create trigger try before insert on item for each statement execute function try()");
        });
        int Write(SqlSession s)
        {
            var insert = s.Prepare(PassOver);
            s.Send("insert into meta (name, value) values ('before', 1)");
            var written = insert.Write(Many, i => Bind(insert, 1, i, Long, i));
            s.Send("insert into meta (name, value) values ('behind', 1)");
            return written;
        }

        var written = 0;
        var ended = await TogetherAsync(test, [s => written = Write(s), s => s.Execute("insert into meta (name, value) values ('another', 1)")]);

        Assert.Equal([null, null], ended);
        Assert.Equal(Many - 1, written);
        Assert.Equal(Enumerable.Range(0, Many).Select(i => ((long)i, (string?)(i == known ? "there" : Long), i == known ? null : (long?)i)), test.Items());
        Assert.Equal(["another", "before", "behind"], test.Store.Read(s => s.Query("select name from meta where value = 1 order by name", r => r.GetString(0))));
        Assert.Equal(2, test.Store.Read(s => s.Long("select last_value from tries")));
    }

    [Fact]
    public async Task Binding_that_throws_behind_a_known_key_undoes_the_work_and_the_store_goes_on()
    {
        using var test = await StoreUnderTest.OpenAsync("postgres");
        await test.Store.Writer.WriteAsync(s => s.Execute("insert into item (tenant, no, name) values (1, 0, 'there')"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Store.Writer.WriteAsync(s =>
        {
            var insert = s.Prepare(PassOver);
            return insert.Write(5 * Many, i => Bind(insert, 1, i < (5 * Many) - 1 ? i : throw new InvalidOperationException("no"), Long, i));
        }));

        Assert.Equal([(0L, "there", null)], test.Items());
        Assert.Equal(1, await test.Store.Writer.WriteAsync(s => s.Execute("insert into item (tenant, no) values (1, 1)")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_cut_while_rows_are_streamed_leaves_nothing_half_written_and_the_writer_says_that_it_is_lost(bool isAlone)
    {
        using var test = await StoreUnderTest.OpenAsync("postgres");
        var stopped = new TaskCompletionSource<Exception>();
        test.Store.Writer.Stopped += failure => stopped.TrySetResult(failure);
        int Cut(SqlSession s)
        {
            var writer = s.Long("select pg_backend_pid()");
            var insert = s.Prepare(PassOver);
            return insert.Write(5 * Many, i =>
            {
                if (i == Many)
                {
                    using var other = new NpgsqlConnection(test.Address);
                    other.Open();
                    PostgresProcess.Execute($"select pg_terminate_backend({writer}, 10000)", other);
                }
                Bind(insert, 1, i, Long, i);
            });
        }
        Func<SqlSession, int>[] work = isAlone ? [Cut] : [s => s.Execute("insert into item (tenant, no) values (2, 1)"), Cut, s => s.Execute("insert into item (tenant, no) values (2, 2)")];

        Assert.All(await TogetherAsync(test, work), Assert.NotNull);

        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<StoreLostException>(() => test.Store.Writer.WriteAsync(s => s.Execute("insert into item (tenant, no) values (2, 3)")));
        test.Reopen();
        Assert.Empty(test.Items());
        Assert.Equal(1, await test.Store.Writer.WriteAsync(s => s.Execute("insert into item (tenant, no) values (2, 3)")));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(Many)]
    public async Task Sums_that_are_more_than_64_bits_hold_are_refused_and_taken_back(int count)
    {
        using var test = await StoreUnderTest.OpenAsync("postgres");
        int Add(SqlSession s, long amount)
        {
            var add = s.Prepare(Insert + " on conflict (tenant, no) do update set amount = item.amount + excluded.amount");
            for (var i = 0; i < count; i++)
            {
                Bind(add, 1, i, null, i == count - 1 ? amount : 1);
            }
            return add.Flush();
        }
        await test.Store.Writer.WriteAsync(s => Add(s, long.MaxValue));

        await Assert.ThrowsAsync<OverflowException>(() => test.Store.Writer.WriteAsync(s => Add(s, 1)));

        Assert.Equal(Enumerable.Range(0, count).Select(i => i == count - 1 ? long.MaxValue : 1L), test.Items().Select(i => i.Amount ?? 0));
        Assert.Equal(count, await test.Store.Writer.WriteAsync(s => Add(s, 0)));
    }

    [Fact]
    public async Task A_month_s_part_of_the_ledger_that_was_undone_with_its_rows_is_made_again_for_the_next()
    {
        using var test = await StoreUnderTest.OpenAsync("postgres");
        int Post(SqlSession s, int from, int failing)
        {
            var insert = s.Prepare(
                "insert into posting (tenant, id, kind, debit, credit, minor, currency, rep, month, origin_month, plan, component, line, recorded_at) "
                + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing");
            for (var month = 739000; month < 739003; month++)
            {
                s.EnsurePart("posting", month);
            }
            return insert.Write(Many, i =>
            {
                insert.Bind(1).Bind($"p{from + i}").Bind(0).Bind("a").Bind("b").Bind(i == failing ? throw new InvalidOperationException("no") : 1).Bind("USD").Bind(1)
                    .Bind(739000 + ((from + i) % 3)).Bind(739000).Bind("plan").Bind("c").Bind(0).Bind(1).Add();
            });
        }

        var counts = new int[3];
        var ended = await TogetherAsync(test, [s => counts[0] = Post(s, 0, Many / 2), s => counts[1] = Post(s, 0, -1), s => counts[2] = Post(s, Many - 3, -1)]);

        Assert.IsType<InvalidOperationException>(ended[0]);
        Assert.Equal([null, null], ended[1..]);
        Assert.Equal([0, Many, Many - 3], counts);
        Assert.Equal((2 * Many) - 3, test.Store.Read(s => s.Long("select count(distinct id) from posting")));
    }

    private static string Name(string refusal) => refusal switch { "nul" => "a\0b", "surrogate" => "a\ud800b", _ => Long };

    private static long Amount(string refusal) => refusal switch
    {
        "condition" => -13,
        "bind" => throw new InvalidOperationException("no"),
        "overflow" => throw new OverflowException("no"),
        _ => 700,
    };

    private static void Bind(Statement insert, int tenant, int no, string? name, long amount) => insert.Bind(tenant).Bind(no).Bind(name).Bind(amount).Add();

    /// <summary>In one commit, in this order.</summary>
    /// <returns>How each ended; null: well.</returns>
    private static async Task<Exception?[]> TogetherAsync(StoreUnderTest test, IReadOnlyList<Func<SqlSession, int>> work) =>
        [.. (await test.TogetherAsync(() => work.Select(w => test.Store.Writer.WriteAsync(w)))).Select(t => t.Exception?.InnerException)];
}
