using Spm.Storage;

namespace Spm.Platform.Tests.Stores;

/// <summary>Prepared writes for one row or many. PostgreSQL takes one row as it is, some as arrays, many by COPY: the counts here go through all three.</summary>
public sealed class StatementTests
{
    private const string Insert = "insert into item (tenant, no, name, amount) values (?, ?, ?, ?)";
    private const string PassOver = Insert + " on conflict do nothing";
    private const string AddUp = Insert + " on conflict (tenant, no) do update set amount = item.amount + excluded.amount";

    public static TheoryData<string, int> KindsAndCounts
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (var kind in (string[])["sqlite", "postgres"])
            {
                data.Add(kind, 1);
                data.Add(kind, 7);
                data.Add(kind, 1000);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task Every_value_arrives_as_it_was_bound(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        var changed = await test.Store.Writer.WriteAsync(s => Fill(s.Prepare(Insert), 0, count));

        Assert.Equal(count, changed);
        Assert.Equal(Enumerable.Range(0, count).Select(i => ((long)i, Name(i), Amount(i))), test.Items());
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task Rows_whose_key_is_there_are_passed_over_and_the_first_of_several_stays(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute("insert into item (tenant, no, name) values (1, 0, 'there')"));

        var changed = await test.Store.Writer.WriteAsync(s =>
        {
            var insert = s.Prepare(PassOver);
            Fill(insert, 0, count, flush: false);
            insert.Bind(1).Bind(count).Bind("first").Bind(1).Add();
            insert.Bind(1).Bind(count).Bind("second").Bind(2).Add();
            return insert.Flush();
        });

        Assert.Equal(count, changed);
        Assert.Equal("there", test.Items()[0].Name);
        Assert.Equal((count, "first", 1L), test.Items()[^1]);
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task Rows_that_are_written_as_they_are_bound_arrive_as_they_were_bound(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        var changed = await test.Store.Writer.WriteAsync(s => Write(s.Prepare(Insert), count));

        Assert.Equal(count, changed);
        Assert.Equal(Enumerable.Range(0, count).Select(i => ((long)i, Name(i), Amount(i))), test.Items());
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task Rows_that_are_written_as_they_are_bound_pass_over_those_whose_key_is_there(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => s.Execute("insert into item (tenant, no, name) values (1, $1, 'there')", count - 1));

        var changed = await test.Store.Writer.WriteAsync(s => Write(s.Prepare(PassOver), count));

        Assert.Equal(count - 1, changed);
        Assert.Equal(Enumerable.Range(0, count - 1).Select(i => ((long)i, Name(i), Amount(i))).Append((count - 1, "there", null)), test.Items());
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task Of_rows_whose_binding_throws_none_is_written_and_the_store_goes_on(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Store.Writer.WriteAsync(s =>
        {
            var insert = s.Prepare(Insert);
            return insert.Write(count, i => BindRow(insert, i < count / 2 ? i : throw new InvalidOperationException("no")));
        }));
        await test.Store.Writer.WriteAsync(s => Write(s.Prepare(Insert), count));

        Assert.Equal(count, test.Items().Count);
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task Rows_that_are_there_are_added_to(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        for (var times = 0; times < 2; times++)
        {
            Assert.Equal(count, await test.Store.Writer.WriteAsync(s =>
            {
                var add = s.Prepare(AddUp);
                for (var i = 0; i < count; i++)
                {
                    add.Bind(1).Bind(i).Bind("x").Bind(i).Add();
                }
                return add.Flush();
            }));
        }

        Assert.All(test.Items(), item => Assert.Equal(2 * item.No, item.Amount));
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task A_row_that_is_there_is_changed_where_the_condition_holds_and_others_are_neither_changed_nor_counted(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => Fill(s.Prepare(Insert), 0, count));

        var changed = await test.Store.Writer.WriteAsync(s =>
        {
            var put = s.Prepare(
                "insert into item (tenant, no, name, amount) values (1, ?, ?, ?) on conflict (tenant, no) do update set name = coalesce(excluded.name, item.name), amount = excluded.amount "
                + "where item.no % 2 = 0 and excluded.amount > 0");
            for (var i = 0; i < count + 3; i++)
            {
                put.Bind(i).Bind(i % 4 == 0 ? $"new {i}" : null).Bind(i + 1).Add();
            }
            return put.Flush();
        });

        Assert.Equal(((count + 1) / 2) + 3, changed);
        Assert.Equal(
            Enumerable.Range(0, count + 3).Select(i => (
                (long)i,
                i % 4 == 0 ? $"new {i}" : i < count ? Name(i) : null,
                i % 2 == 0 || i >= count ? i + 1L : Amount(i))),
            test.Items());
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task What_was_added_by_work_that_throws_is_not_written_by_the_next(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Store.Writer.WriteAsync(s =>
        {
            Fill(s.Prepare(Insert), 0, count, flush: false);
            s.Prepare(Insert).Bind(1).Bind(2);
            throw new InvalidOperationException("no");
        }));
        await test.Store.Writer.WriteAsync(s => s.Prepare(Insert).Bind(1).Bind(5000).Bind("alone").Bind(1).Run());

        Assert.Equal([(5000L, "alone", 1L)], test.Items());
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task A_change_of_many_rows_changes_each_and_tells_how_many_there_were(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => Fill(s.Prepare(Insert), 0, count));

        var changed = await test.Store.Writer.WriteAsync(s =>
        {
            var update = s.Prepare("update item set name = ?, amount = no + ? where tenant = 1 and no = ?");
            for (var i = -3; i < count; i++)
            {
                update.Bind(i % 2 == 0 ? $"new {i}" : null).Bind(1).Bind(i).Add();
            }
            return update.Flush();
        });

        Assert.Equal(count, changed);
        Assert.All(test.Items(), item => Assert.Equal((item.No % 2 == 0 ? $"new {item.No}" : null, item.No + 1), (item.Name, item.Amount)));
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task Rows_that_are_taken_away_together_are_gone_and_no_others(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);
        await test.Store.Writer.WriteAsync(s => Fill(s.Prepare(Insert), 0, count + 2));

        var gone = await test.Store.Writer.WriteAsync(s =>
        {
            var delete = s.Prepare("delete from item where tenant = ? and no = ? and no < 100000");
            for (var i = 1; i <= count; i++)
            {
                delete.Bind(1).Bind(i).Add();
            }
            return delete.Flush();
        });

        Assert.Equal(count, gone);
        Assert.Equal([0, count + 1], test.Items().Select(i => i.No));
    }

    [Theory, MemberData(nameof(KindsAndCounts))]
    public async Task Bytes_arrive_as_they_were_bound(string kind, int count)
    {
        using var test = await StoreUnderTest.OpenAsync(kind);

        await test.Store.Writer.WriteAsync(s =>
        {
            s.Execute($"create table blob (no bigint primary key, body {(kind == "postgres" ? "bytea" : "blob")})");
            var insert = s.Prepare("insert into blob (no, body) values (?, ?)");
            for (var i = 0; i < count; i++)
            {
                insert.Bind(i).BindBytes([.. Enumerable.Range(0, i % 5).Select(b => (byte)(b * i))]).Add();
            }
            insert.Send();
        });

        var bodies = test.Store.Read(s => s.Query("select body from blob order by no", r => (byte[])r[0]));
        Assert.Equal(Enumerable.Range(0, count).Select(i => Enumerable.Range(0, i % 5).Select(b => (byte)(b * i)).ToArray()), bodies);
    }

    private static int Fill(Statement insert, int from, int count, bool flush = true)
    {
        for (var i = from; i < from + count; i++)
        {
            BindRow(insert, i);
        }
        return flush ? insert.Flush() : 0;
    }

    private static int Write(Statement insert, int count) => insert.Write(count, i => BindRow(insert, i));

    private static void BindRow(Statement insert, int i) => insert.Bind(1).Bind(i).Bind(Name(i)).Bind(Amount(i)).Add();

    private static string? Name(int i) => i % 5 == 1 ? null : $"Zoë {i}; \"'\n";

    private static long? Amount(int i) => i % 7 == 2 ? null : i % 2 == 0 ? long.MinValue + i : long.MaxValue - i;
}
