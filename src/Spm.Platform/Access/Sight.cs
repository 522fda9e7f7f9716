using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Access;

/// <summary>
/// Which reps a caller sees in a company, asked for a day or for a span: a manager sees who is beneath them on some day of it, over any
/// number of levels. Whom one does not see is as if they did not exist.
/// </summary>
public sealed class Sight
{
    private readonly Roster _roster;
    private readonly Reach _reach;
    private readonly int _self;
    private readonly DateOnly _day;

    private Sight(Roster roster, Reach reach, int self, DateOnly day)
    {
        _roster = roster;
        _reach = reach;
        _self = self;
        _day = day;
    }

    public bool SeesEveryone => _reach == Reach.Everyone;

    /// <summary>The one rep whom a caller can see who sees nobody else; null for those who may see several. -1: not even one.</summary>
    public int? Only => _reach is Reach.Self or Reach.Nobody || (_reach == Reach.Team && _self < 0) ? _self : null;

    public static Sight Of(Caller caller, Company company)
    {
        var self = caller.Reach is Reach.Self or Reach.Team && caller.Rep is { } rep && company.Reps.Resolve(rep, "") is { Found: true, Ambiguous: false } found ? found.No : -1;
        return new Sight(company.Roster, caller.Reach, self, caller.Day);
    }

    /// <summary>On the day of the request.</summary>
    public bool Sees(int rep) => Sees(rep, new DateRange(_day, _day.AddDays(1)));

    public bool Sees(int rep, FiscalPeriod span) => Sees(rep, new DateRange(span.From, span.To));

    /// <summary>On the days of the span, or on the day of the request where none is asked for.</summary>
    public bool SeesIn(int rep, FiscalPeriod? span) => span is null ? Sees(rep) : Sees(rep, span);

    /// <summary>On any day there is: enough to know that the rep exists.</summary>
    public bool Knows(int rep) => Sees(rep, DateRange.Always);

    private bool Sees(int rep, DateRange days) => SeesEveryone || (_self >= 0 && (rep == _self || (_reach == Reach.Team && IsBelow(rep, days, 0))));

    /// <summary>Climbs from the rep on the days that are left of the span at each step: the way must lead to the top on one and the same day.</summary>
    private bool IsBelow(int rep, DateRange days, int depth)
    {
        if (depth >= Roster.MaxDepth)
        {
            return false;
        }
        foreach (var manager in _roster.Reps[rep].Managers.Entries)
        {
            if (manager.Range.Overlaps(days) && (manager.Value == _self || IsBelow(manager.Value, Shared(days, manager.Range), depth + 1)))
            {
                return true;
            }
        }
        return false;
    }

    private static DateRange Shared(DateRange a, DateRange b) => new(
        a.From > b.From ? a.From : b.From,
        a.To is null ? b.To : b.To is null || a.To < b.To ? a.To : b.To);
}
