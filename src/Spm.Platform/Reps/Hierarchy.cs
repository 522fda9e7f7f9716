using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Reps;

/// <summary>Nobody is above themselves on any day, and no chain of managers is deeper than the core walks.</summary>
internal static class Hierarchy
{
    public static void Check(string rep, RepDoc doc, RecordCheck check)
    {
        for (var i = 0; i < doc.Managers.Count; i++)
        {
            if (Climb(rep, doc.Managers[i].Ref, doc.Managers[i].Range, 1, check.Editor) is { } broken)
            {
                check.Fail($"managers/{i}/manager", broken.Code, broken.Detail);
                return;
            }
        }
    }

    private static (string Code, string Detail)? Climb(string rep, string manager, DateRange days, int depth, CompanyEditor editor)
    {
        if (manager == rep)
        {
            return (ErrorCodes.HierarchyCycle, $"From {days.From:yyyy-MM-dd} on the rep would be above themselves.");
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
