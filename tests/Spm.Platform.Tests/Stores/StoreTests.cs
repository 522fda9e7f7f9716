using Microsoft.Data.Sqlite;
using Spm.Storage;

namespace Spm.Platform.Tests.Stores;

/// <summary>What slices may count on, whichever store is under them.</summary>
public sealed class StoreTests
{
    private const string Insert = "insert into item (tenant, no, name, amount) values ($1, $2, $3, $4)";

    public static TheoryData<string> Kinds => StoreUnderTest.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_is_written_is_there_after_the_store_is_opened_again(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, 7L, "Ann", long.MaxValue));
        await test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, 8L, null, null));

        test.Reopen();

        Assert.Equal([(7, "Ann", long.MaxValue), (8, null, null)], test.Items());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Many_who_read_at_once_get_on_though_every_thread_of_the_pool_reads(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        var reads = Enumerable.Range(0, 400).Select(_ => Task.Run(() => test.Store.ReadSnapshot(s =>
        {
            Thread.Sleep(10);
            return s.Long("select count(*) from item");
        }))).ToArray();

        await Task.WhenAll(reads).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Work_that_throws_is_undone_alone(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        // Sent at once, so that they share commits.
        var work = Enumerable.Range(0, 200).Select(i => test.Store.Writer.WriteAsync(s =>
        {
            s.Execute(Insert, 1, i, "written", i);
            return i % 3 == 0 ? throw new InvalidOperationException("no") : i;
        })).ToArray();
        await Task.WhenAll(work).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(Enumerable.Range(0, 200).Where(i => i % 3 != 0).Select(i => (long)i), test.Items().Select(i => i.No));
        Assert.All(work, (task, i) => Assert.Equal(i % 3 == 0, task.IsFaulted));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_statement_that_fails_undoes_its_work_and_no_other(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, 5, "first", 0));

        var work = Enumerable.Range(0, 100).Select(i => test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, i, "later", i))).ToArray();
        await Task.WhenAll(work).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal([5], work.Select((task, i) => (task, i)).Where(w => w.task.IsFaulted).Select(w => w.i));
        Assert.Equal(100, test.Items().Count);
        Assert.Equal("first", test.Items()[5].Name);
    }

    [Fact]
    public async Task Who_may_not_write_any_more_writes_nothing_whatever_the_work_makes_of_it()
    {
        using var test = await StoreUnderTest.OpenAsync("postgres");
        await test.Store.Writer.WriteAsync(s => s.WriteOnlyWhere("not exists (select 1 from item where no = 0)"));
        using var begun = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        var last = test.Store.Writer.WriteAsync(s =>
        {
            begun.Set();
            held.Wait();
            s.Execute(Insert, 1, 0, "from here on", 0);
        });
        begun.Wait();

        var work = Enumerable.Range(1, 20).Select(i => test.Store.Writer.WriteAsync(s =>
        {
            s.Send(Insert, 1, i, "sent with the condition", i);
            try
            {
                s.Execute(Insert, 1, 100 + i, "too late", i);
            }
            catch (StoreLostException) when (i % 2 == 0)
            {
            }
        })).ToArray();
        held.Set();
        await last;

        foreach (var task in work)
        {
            await Assert.ThrowsAsync<StoreLostException>(() => task);
        }
        Assert.Equal([0], test.Items().Select(i => i.No));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_statement_that_fails_as_the_first_of_a_commit_undoes_its_work_and_no_other(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        using var begun = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        var first = test.Store.Writer.WriteAsync(s =>
        {
            begun.Set();
            held.Wait();
            s.Execute(Insert, 1, 1, "first", 0);
        });
        begun.Wait();

        var work = Enumerable.Range(1, 3).Select(i => test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, i, "later", i))).ToArray();
        held.Set();
        await first;
        await Task.WhenAll(work).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal([true, false, false], work.Select(w => w.IsFaulted));
        Assert.Equal(["first", "later", "later"], test.Items().Select(i => i.Name));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_is_asked_in_advance_is_answered_as_it_stood_when_it_was_asked(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        var answers = await test.Store.Writer.WriteAsync(s =>
        {
            var count = "select count(*) from item";
            var before = s.Ask(count, r => r.GetInt64(0));
            s.Send(Insert, 1, 1, "one", 1);
            var between = s.Ask(count, r => r.GetInt64(0));
            s.Send(Insert, 1, 2, "two", 2);
            return (before()[0], between()[0], s.Long(count), between()[0]);
        });

        Assert.Equal((0L, 1L, 2L, 1L), answers);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_work_that_throws_had_asked_disturbs_no_other(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        var work = Enumerable.Range(0, 60).Select(i => test.Store.Writer.WriteAsync(s =>
        {
            var no = s.Ask("select $1 + 0", r => r.GetInt64(0), i);
            s.Send(Insert, 1, i, "written", i);
            return i % 3 == 0 ? throw new InvalidOperationException("no") : no()[0];
        })).ToArray();
        await Task.WhenAll(work).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.All(work, (task, i) => Assert.Equal(i % 3 == 0 ? null : (long?)i, task.IsFaulted ? null : task.Result));
        Assert.Equal(40, test.Items().Count);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Pieces_of_one_kind_are_done_together_and_each_gets_its_own_result(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        List<int> together = [];
        IReadOnlyList<string> Write(SqlSession session, IReadOnlyList<int> pieces)
        {
            together.Add(pieces.Count);
            InsertAll(session, pieces, p => $"no {p}");
            return [.. session.QueryEach("select name from item where no = $1", r => r.GetString(0), [.. pieces.Select(p => new object?[] { p })]).Select(Assert.Single)];
        }

        var work = await test.TogetherAsync(() => Enumerable.Range(0, 700).Select(i => test.Store.Writer.WriteTogetherAsync<int, string>(Write, i)));

        Assert.Equal(Enumerable.Range(0, 700).Select(i => $"no {i}"), await Task.WhenAll(work));
        Assert.InRange(together.Count, 2, 3);
        Assert.Equal(700, test.Items().Count);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_piece_that_fails_is_undone_alone(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, 5, "first", 0));
        IReadOnlyList<int> Write(SqlSession session, IReadOnlyList<int> pieces)
        {
            InsertAll(session, pieces, _ => "later");
            return pieces;
        }

        var work = Enumerable.Range(0, 100).Select(i => test.Store.Writer.WriteTogetherAsync<int, int>(Write, i)).ToArray();
        await Task.WhenAll(work).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal([5], work.Select((task, i) => (task, i)).Where(w => w.task.IsFaulted).Select(w => w.i));
        Assert.Equal(100, test.Items().Count);
        Assert.Equal("first", test.Items()[5].Name);
    }

    // A full disk does it too, where SQLite finds no other way.
    [Fact]
    public async Task Where_SQLite_takes_back_the_whole_commit_everybody_in_it_is_told_why_and_writing_goes_on()
    {
        using var test = await StoreUnderTest.OpenAsync("sqlite");
        var together = await test.TogetherAsync<Task>(() =>
        [
            test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, 1, "before", 0)),
            test.Store.Writer.WriteAsync(s => s.Execute(Insert.Replace("insert", "insert or rollback", StringComparison.Ordinal), 1, 1, "again", 0)),
            test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, 2, "behind", 0)),
        ]);

        foreach (var task in together)
        {
            Assert.Contains("UNIQUE", (await Assert.ThrowsAsync<SqliteException>(() => task)).Message, StringComparison.Ordinal);
        }
        Assert.Empty(test.Items());
        await test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, 3, "later", 0));
        Assert.Equal([3], test.Items().Select(i => i.No));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_snapshot_sees_one_commit_whatever_happens_meanwhile(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute(Insert, 1, 1, "a", 1));

        var (before, after) = test.Store.ReadSnapshot(s =>
        {
            var first = s.Long("select count(*) from item");
            test.Store.Writer.WriteAsync(w => w.Execute(Insert, 1, 2, "b", 2)).Wait();
            return (first, s.Long("select count(*) from item"));
        });

        Assert.Equal((1, 1), (before, after));
        Assert.Equal(2, test.Items().Count);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Readers_cannot_write(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        Assert.ThrowsAny<System.Data.Common.DbException>(() => test.Store.Read(s => s.Execute(Insert, 1, 1, "a", 1)));
        Assert.Empty(test.Items());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Text_is_ordered_by_its_bytes(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        string[] names = ["b", "A", "ä", "a", "Z", "_", "é", "日"];
        await test.Store.Writer.WriteAsync(s => { foreach (var name in names) s.Execute("insert into meta (name, value) values ($1, 1)", name); });

        var sorted = test.Store.Read(s => s.Query("select name from meta where value = 1 order by name", r => r.GetString(0)));

        Assert.Equal(names.Order(StringComparer.Ordinal), sorted);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_query_for_many_sets_of_arguments_answers_each_set_in_the_order_it_asks_for(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => Enumerable.Range(0, 300).ToList().ForEach(i => s.Execute(Insert, i % 10, i, i % 3 == 0 ? "Zoë" : null, -i)));

        // Sets without a row, and one that is asked for twice; more than one message used to hold.
        object?[][] sets = [.. Enumerable.Range(0, 1200).Select(i => new object?[] { (long)(i % 15), "Zoë" })];
        var each = test.Store.Read(s => s.QueryEach("select no, amount from item where tenant = $1 and name = $2 order by amount", r => (r.GetInt64(0), r.GetInt64(1)), sets));

        Assert.Equal(sets.Length, each.Count);
        Assert.All(each, (rows, i) => Assert.Equal(Enumerable.Range(0, 300).Where(n => n % 10 == i % 15 && n % 3 == 0).Reverse().Select(n => ((long)n, (long)-n)), rows));
        Assert.Empty(test.Store.Read(s => s.QueryEach("select no from item where no = $1", r => r.GetInt64(0), [])));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_query_for_many_sets_of_arguments_reads_texts_as_they_are_and_null_as_nothing_else(string kind)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        string[] names = ["", "Zoë 𝄞", new string('ü', 5000)];
        await test.Store.Writer.WriteAsync(s => names.Append(null).ToList().ForEach(name => s.Execute(Insert, 1, name?.Length ?? -1, name, 0)));

        foreach (var name in names)
        {
            Assert.Equal(name, test.Store.Read(s => s.QueryEach("select name from item where name = $1", r => r.GetString(0), [[name]]))[0].Single());
        }
        object?[][] unnamed = [[-1L]];
        Assert.True(test.Store.Read(s => s.QueryEach("select name from item where no = $1", r => r.IsDBNull(0), unnamed))[0].Single());
        Assert.ThrowsAny<InvalidCastException>(() => test.Store.Read(s => s.QueryEach("select name from item where no = $1", r => r.GetString(0), unnamed)));
        Assert.ThrowsAny<InvalidCastException>(() => test.Store.Read(s => s.QueryEach("select nullif(amount, 0) from item where no = $1", r => r.GetInt64(0), unnamed)));
    }

    private static void InsertAll(SqlSession session, IReadOnlyList<int> pieces, Func<int, string> name)
    {
        var insert = session.Prepare("insert into item (tenant, no, name, amount) values (?, ?, ?, ?)");
        foreach (var piece in pieces)
        {
            insert.Bind(1).Bind(piece).Bind(name(piece)).Bind(piece).Add();
        }
        Assert.Equal(pieces.Count, insert.Flush());
    }
}
