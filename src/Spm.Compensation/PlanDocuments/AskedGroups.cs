using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Groups;

namespace Spm.Compensation.PlanDocuments;

/// <summary>What a component asks of groups, which puts it into the second stage: it is calculated once the first stage of all reps is known.</summary>
/// <param name="Uses">Whether it asks for anything.</param>
/// <param name="Summed">Ids of the components whose figures are summed for it.</param>
/// <param name="FirstStage">Components whose earning it asks of every member, each with the place that asks: they cannot be of the second stage.</param>
/// <param name="Spiff">A budget that reps share.</param>
internal sealed record AskedGroups(bool Uses, IReadOnlySet<string> Summed, IReadOnlyList<(string Component, DocNode Node)> FirstStage, DocNode? Spiff)
{
    public static AskedGroups Of(string id, DocNode component, ReadContext context) => new(
        context.UsesGroups, context.Summed.Select(s => s.Length == 0 ? id : s).ToHashSet(StringComparer.Ordinal), [.. context.FirstStage], component.Find("spiff"));

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
    public static (IReadOnlyList<ComponentRule> Components, IReadOnlyList<bool> InGroups) Stages(IReadOnlyList<ComponentReader.Read> read)
    {
        var second = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in read.Where(one => one.Groups.Uses || one.Asks.Overlaps(second)))
        {
            second.Add(one.Rule.Id);
        }
        foreach (var one in read)
        {
            foreach (var (component, node) in one.Groups.FirstStage.Where(f => second.Contains(f.Component)))
            {
                node.Fail("group_circle", $"'{one.Rule.Id}' asks every member of a group what '{component}' earns, which itself depends on groups.");
            }
        }
        foreach (var spiff in read.Where(one => second.Contains(one.Rule.Id)).Select(one => one.Groups.Spiff).OfType<DocNode>())
        {
            spiff.Fail("group_circle", "A budget is shared by what each rep earns alone: a component that asks for groups has none.");
        }
        var summed = read.SelectMany(one => one.Groups.Summed).ToHashSet(StringComparer.Ordinal);
        return ([.. read.Select(one => second.Contains(one.Rule.Id) ? one.Rule with { UsesGroups = true } : one.Rule)], [.. read.Select(one => summed.Contains(one.Rule.Id))]);
    }
}
