using FsCheck.Fluent;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas.Proration;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Quotas.Proration;

public class DaySetTests
{
    private static readonly DateOnly First = Day("2025-01-01");

    [Fact]
    public void Both_and_without_are_what_each_day_says() => Property.Holds(AnySets, sets =>
    {
        var (a, b) = (DaySet.Of(sets.A), DaySet.Of(sets.B));
        for (var i = -1; i < 80; i++)
        {
            var day = First.AddDays(i);
            var (inA, inB) = (sets.A.Any(r => r.Contains(day)), sets.B.Any(r => r.Contains(day)));
            Assert.Equal(inA, a.Contains(day));
            Assert.Equal(inA && inB, a.And(b).Contains(day));
            Assert.Equal(inA && !inB, a.Without(b).Contains(day));
        }
        Assert.Equal(a.CountIn(First, First.AddDays(50)), a.And(b).CountIn(First, First.AddDays(50)) + a.Without(b).CountIn(First, First.AddDays(50)));
    });

    [Fact]
    public void Open_ranges_have_no_last_day()
    {
        var later = DaySet.Of(From("2025-01-15"));
        Assert.Equal(17, later.CountIn(First, Day("2025-02-01")));
        Assert.True(later.Contains(DateOnly.MaxValue));
        Assert.True(later.Without(later).IsEmpty);
        Assert.True(DaySet.Always.Without(DaySet.Always).IsEmpty);
        Assert.False(DaySet.Always.Without(later).Contains(Day("2025-01-15")));
        Assert.True(DaySet.Always.Without(later).Contains(Day("2025-01-14")));
    }

    private static FsCheck.Gen<(DateRange[] A, DateRange[] B)> AnySets => from a in AnyRange.ListOf() from b in AnyRange.ListOf() select (a.ToArray(), b.ToArray());

    private static FsCheck.Gen<DateRange> AnyRange =>
        from start in Gen.Choose(0, 60)
        from length in Gen.Choose(0, 12)
        select new DateRange(First.AddDays(start), length == 0 ? null : First.AddDays(start + length));
}
