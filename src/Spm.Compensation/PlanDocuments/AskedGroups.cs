using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Groups;

namespace Spm.Compensation.PlanDocuments;

/// <summary>What a component asks of groups, which puts it into the second stage: it is calculated once the first stage of all reps is known.</summary>
/// <param name="Uses">Whether it asks for anything.</param>
/// <param name="Summed">Ids of the components whose figures are summed for it.</param>
/// <param name="FirstStage">Components whose earning it asks of every member, each with the place that asks: they cannot be of the second stage.</param>
/// <param name="OfYear">Ids of components of which it asks what they have earned in the year.</param>
/// <param name="Spiff">A budget that reps share.</param>
internal sealed record AskedGroups(bool Uses, IReadOnlySet<string> Summed, IReadOnlyList<(string Component, DocNode Node)> FirstStage, IReadOnlySet<string> OfYear, DocNode? Spiff)
{
    public static AskedGroups Of(string id, DocNode component, ReadContext context) => new(
        context.UsesGroups, context.Summed.Select(s => s.Length == 0 ? id : s).ToHashSet(StringComparer.Ordinal), [.. context.FirstStage],
        context.AskedOfYear.ToHashSet(StringComparer.Ordinal), component.Find("spiff"));

    public static IReadOnlyList<GroupRule> Groups(DocNode version, PlanScopes scopes)
    {
        var nodes = version.List("groups");
        List<GroupRule> groups = [];
        foreach (var (id, node) in nodes.Count == 0 ? [] : VersionReader.Named(nodes, "groups", GroupRule.MostOfAVersion, version))
        {
            groups.Add(GroupRule.Read(id, node, scopes));
        }
        foreach (var group in groups.Where(g => GroupRule.CanName(g.Id)))
        {
            scopes.AnnounceGroup(group.Id);
        }
        return groups;
    }

    /// <summary>Tells the stages of components apart. What asks for a component of the second stage is of the second stage itself; what members earn is of the first.</summary>
    /// <param name="read">In the order of calculation.</param>
    /// <param name="earlier">Ids of components whose earning depends on groups in an earlier version: what they have earned in the year does so too.</param>
    public static (IReadOnlyList<ComponentRule> Components, IReadOnlyList<bool> InGroups, IReadOnlySet<string> DependOnGroups) Stages(
        IReadOnlyList<ComponentReader.Read> read, IReadOnlySet<string> earlier)
    {
        var second = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in read.Where(one => one.Groups.Uses || one.Asks.Overlaps(second)))
        {
            second.Add(one.Rule.Id);
        }
        // Those are paid in the first stage, by what is known of earlier months then; only the sums of groups would lack it.
        HashSet<string> depend = new(second, StringComparer.Ordinal);
        foreach (var one in read.Where(one => one.Asks.Overlaps(depend) || one.Groups.OfYear.Overlaps(earlier)))
        {
            depend.Add(one.Rule.Id);
        }
        foreach (var one in read)
        {
            foreach (var (component, node) in one.Groups.FirstStage.Where(f => depend.Contains(f.Component)))
            {
                node.Fail("group_circle", $"'{one.Rule.Id}' asks every member of a group what '{component}' earns, which itself depends on groups.");
            }
        }
        foreach (var spiff in read.Where(one => second.Contains(one.Rule.Id)).Select(one => one.Groups.Spiff).OfType<DocNode>())
        {
            spiff.Fail("group_circle", "A budget is shared by what each rep earns alone: a component that asks for groups has none.");
        }
        var summed = read.SelectMany(one => one.Groups.Summed).ToHashSet(StringComparer.Ordinal);
        return ([.. read.Select(one => second.Contains(one.Rule.Id) ? one.Rule with { UsesGroups = true } : one.Rule)], [.. read.Select(one => summed.Contains(one.Rule.Id))], depend);
    }
}
