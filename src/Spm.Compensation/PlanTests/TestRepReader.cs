using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas.Leave;

namespace Spm.Compensation.PlanTests;

/// <summary>Reads the reps of a test of a plan document.</summary>
internal static class TestRepReader
{
    /// <summary>The rep of a test that speaks of one alone.</summary>
    private const string OneRep = "rep";

    /// <param name="paysUpTheLine">What a rep earns arrives at the manager, who then has to be there; groups only ask for the name.</param>
    public static List<RepProfile> Read(DocNode node, bool paysUpTheLine)
    {
        if (!node.Has("reps"))
        {
            return [node.Find("rep") is { } one ? Rep(one, OneRep) : new RepProfile(OneRep)];
        }
        List<RepProfile> reps = [.. node.List("reps").Select(r => Rep(r, null))];
        var ids = reps.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (rep, item) in reps.Zip(node.List("reps")).Where(r => paysUpTheLine && r.First.Manager is { } manager && !ids.Contains(manager)))
        {
            item.Get("manager").Fail("rep_unknown", $"The test has no rep '{rep.Manager}'.");
        }
        var line = new ReportingLine(reps);
        foreach (var (at, item) in node.List("reps").Select((item, i) => (i, item)))
        {
            if (line.IsEndless(at) is not { } isCircle)
            {
                continue;
            }
            if (isCircle)
            {
                item.Get("manager").Fail("manager_circle", $"'{reps[at].Id}' is below a rep who is below themselves.");
            }
            else
            {
                item.Get("manager").Fail("hierarchy_too_deep", $"More than {Roster.MaxDepth} levels stand above '{reps[at].Id}'.");
            }
        }
        if (reps.Count == 0 || reps.DistinctBy(r => r.Id, StringComparer.Ordinal).Count() != reps.Count)
        {
            node.Get("reps").Fail("id_twice", "A test has at least one rep, each with an id of its own.");
            return reps.Count == 0 ? [new RepProfile(OneRep)] : [.. reps.DistinctBy(r => r.Id, StringComparer.Ordinal)];
        }
        return reps;
    }

    private static RepProfile Rep(DocNode node, string? otherwise)
    {
        _ = node.IsObject();
        var rep = new RepProfile(otherwise is null ? node.Text("id") : node.Text("id", otherwise))
        {
            Title = node.OptionalText("title"),
            Territory = node.OptionalText("territory"),
            Manager = node.OptionalText("manager"),
            HiredOn = node.OptionalDate("hired_on"),
            LeftOn = node.OptionalDate("left_on"),
            TargetIncentive = node.OptionalNumber("target_incentive"),
            BaseSalary = node.OptionalNumber("base_salary"),
            Leave = node.Find("leave") is { } leave ? LeaveRange.Read(leave) : [],
            Scores = Scores(node),
            Facts = DocFacts.Read(node.Find("facts")),
        };
        node.RefuseOthers();
        foreach (var (name, amount) in new[] { ("target_incentive", rep.TargetIncentive), ("base_salary", rep.BaseSalary) })
        {
            if (amount < 0m)
            {
                node.Get(name).Fail("number_out_of_range", $"'{name}' is 0 or more.");
            }
        }
        if (rep.LeftOn <= rep.HiredOn)
        {
            node.Get("left_on").Fail("dates_empty", "A rep leaves after being hired.");
        }
        return rep;
    }

    private static Dictionary<(string, string), decimal> Scores(DocNode node)
    {
        var scores = new Dictionary<(string, string), decimal>();
        foreach (var score in node.List("scores"))
        {
            if (!scores.TryAdd((score.Text("goal"), score.Text("period")), score.Number("score")))
            {
                score.Fail("score_twice", "The goal is scored twice for the period.");
            }
            score.RefuseOthers();
        }
        return scores;
    }
}
