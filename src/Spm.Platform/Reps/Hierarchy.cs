using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Reps;

/// <summary>Nobody is above themselves on any day, and no chain of managers is deeper than the core walks.</summary>
internal static class Hierarchy
{
    /// <param name="rep">Null for a rep that is new: nobody is below them yet.</param>
    public static void Check(string? rep, RepDoc doc, RecordCheck check)
    {
        for (var i = 0; i < doc.Managers.Count; i++)
        {
            var days = doc.Managers[i].Range;
            var below = rep is null ? 0 : Below(rep, days, 0, check.Editor);
            if (Climb(rep, doc.Managers[i].Ref, days, 1 + below, check.Editor) is { } broken)
            {
                check.Fail($"managers/{i}/manager", broken.Code, broken.Detail);
                return;
            }
        }
    }

    private static (string Code, string Detail)? Climb(string? rep, string manager, DateRange days, int depth, CompanyEditor editor)
    {
        if (manager == rep)
        {
            return (ErrorCodes.HierarchyCycle, days.From == DateOnly.MinValue ? "The rep would be above themselves." : $"From {days.From:yyyy-MM-dd} on the rep would be above themselves.");
        }
        if (depth >= Roster.MaxDepth)
        {
            return (ErrorCodes.HierarchyTooDeep, $"More than {Roster.MaxDepth} levels.");
        }
        var above = editor.Reps[editor.Reps.Resolve(manager, "").No].Doc.Managers;
        foreach (var next in above)
        {
            if (Intersect(days, next.Range) is { } shared && Climb(rep, next.Ref, shared, depth + 1, editor) is { } broken)
            {
                return broken;
            }
        }
        return null;
    }

    /// <summary>How many levels of reports a rep has on some day of a range; stops at the limit.</summary>
    private static int Below(string rep, DateRange days, int depth, CompanyEditor editor)
    {
        if (depth >= Roster.MaxDepth)
        {
            return depth;
        }
        var deepest = depth;
        foreach (var report in editor.ReportsOf(rep))
        {
            foreach (var entry in editor.Reps[report].Doc.Managers)
            {
                if (entry.Ref == rep && Intersect(days, entry.Range) is { } shared)
                {
                    deepest = Math.Max(deepest, Below(editor.Reps[report].Id, shared, depth + 1, editor));
                }
            }
        }
        return deepest;
    }

    private static DateRange? Intersect(DateRange a, DateRange b)
    {
        if (!a.Overlaps(b))
        {
            return null;
        }
        var to = a.To is null ? b.To : b.To is null || a.To < b.To ? a.To : b.To;
        return new DateRange(a.From > b.From ? a.From : b.From, to);
    }
}
