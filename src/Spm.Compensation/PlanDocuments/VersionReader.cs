using Spm.Compensation.Accounting;
using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Fx;
using Spm.Compensation.Lookups;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.PlanDocuments;

/// <summary>Reads one version of a plan document: its measures, its components in the order of calculation, its pay rules.</summary>
internal static class VersionReader
{
    public const int MaxMeasures = 50;
    public const int MaxComponents = 100;
    public const int MaxLookups = 50;

    /// <param name="earlier">The versions before it.</param>
    public static VersionRules Read(DocNode node, IReadOnlyList<VersionRules> earlier, DocNode? facts, Currency currency, IReadOnlyDictionary<string, int> measureNos)
    {
        var scopes = new PlanScopes(facts, LookupTable.ReadAll(node));
        var measures = Measures(node, scopes, measureNos);
        var groups = AskedGroups.Groups(node, scopes);
        var context = new ReadContext(scopes, currency, measures) { Groups = groups };
        List<(string Id, DocNode Node)> twice = [];
        var nodes = Named(node.List("components"), "components", MaxComponents, node, (id, again) => twice.Add((id, again)));
        foreach (var (id, component) in nodes)
        {
            scopes.Announce(id, ComponentReader.UnitOf(component, context), component.Has("contest"));
        }
        var tallies = new List<TallyRule>();
        var read = nodes.Select(n => ComponentReader.Component(n.Id, n.Node, context, tallies)).ToList();
        twice.ForEach(again => ComponentReader.Component(again.Id, again.Node, context, []));
        read = [.. read.Zip(nodes, (one, at) => ComponentReader.Asked(one, at.Node, context))];
        var order = Order(read, nodes);
        foreach (var (index, at) in order.Select((at, index) => (index, at)))
        {
            scopes.Components[read[at].Rule.Id].Index = index;
        }
        var pay = PayRuleKinds.Read(node.Find("pay"), context);
        var stages = AskedGroups.Stages(
            [.. order.Select(at => read[at])], earlier.SelectMany(v => v.DependOnGroups).ToHashSet(StringComparer.Ordinal));
        var version = new VersionRules(earlier.Count + 1, node.Date("effective_from"), measures, tallies, stages.Components, pay)
        {
            Groups = groups,
            InGroups = stages.InGroups,
            DependOnGroups = stages.DependOnGroups,
            NeedsGroups = stages.Components.Any(c => c.UsesGroups),
            Eligibility = node.Find("eligibility") is { } eligibility ? context.RepMonth(eligibility, ExpressionKind.Truth) : null,
            Quotas = node.Find("quotas") is { } quotas ? QuotaRules.Read(quotas) : QuotaRules.None,
            Fx = node.Find("fx") is { } fx ? FxRule.Read(fx) : new FxRule(FxBasis.TransactionDate),
            NamesFx = node.Has("fx"),
            Accounting = node.Find("accounting") is { } accounting ? CapitalisationRule.Read(accounting, scopes.Credit) : null,
            Shown = [.. Enumerable.Range(0, read.Count).Select(i => order.IndexOf(i))],
        };
        node.OptionalText("note");
        node.RefuseOthers();
        return version;
    }

    /// <summary>Items with an id of their own.</summary>
    /// <param name="twice">Told of an item whose id another has: it is no part of the plan, and what else is wrong with it is told all the same.</param>
    public static List<(string Id, DocNode Node)> Named(IReadOnlyList<DocNode> items, string what, int most, DocNode owner, Action<string, DocNode>? twice = null)
    {
        if (items.Count == 0 || items.Count > most)
        {
            owner.FailList(what, "count_out_of_range", $"There are 1 to {most} {what}.");
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<(string, DocNode)> named = [];
        foreach (var item in items.Take(most))
        {
            var id = item.Text("id");
            if (id.Length == 0)
            {
                continue; // Missing or no text: reported where it was read.
            }
            if (!id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsAsciiDigit(id[0]) || id.Length > 64)
            {
                item.Get("id").Fail("id_invalid", "An id has up to 64 letters, digits and underscores and does not begin with a digit: expressions ask for it by name.");
            }
            else if (!seen.Add(id))
            {
                item.Get("id").Fail("id_twice", $"'{id}' stands for two of the {what}.");
                twice?.Invoke(id, item);
            }
            else
            {
                named.Add((id, item));
            }
        }
        return named;
    }

    private static List<MeasureRule> Measures(DocNode node, PlanScopes scopes, IReadOnlyDictionary<string, int> nos)
    {
        List<MeasureRule> measures = [];
        var context = new ReadContext(scopes, Currency.Usd, measures);
        foreach (var (id, item) in Named(node.List("measures"), "measures", MaxMeasures, node, (id, again) => Read(id, again)))
        {
            measures.Add(Read(id, item));
        }
        return measures;

        MeasureRule Read(string id, DocNode item)
        {
            item.OptionalText("name");
            var unit = item.OneOf("unit", MeasureUnit.Money);
            var kind = unit == MeasureUnit.Money ? ExpressionKind.Money : ExpressionKind.Number;
            var value = item.Find("value") is { } text ? context.Credit(text, kind) : null;
            if (!item.Has("value"))
            {
                item.Get("value");
            }
            var kinds = item.Has("kinds") ? item.List("kinds").Select(k => k.AsText()).ToHashSet(StringComparer.Ordinal) : null;
            var when = item.Find("when") is { } condition ? context.Credit(condition, ExpressionKind.Truth) : null;
            item.RefuseOthers();
            // A measure whose value has no meaning is there all the same: who asks for it is not to blame.
            value ??= ExpressionCompiler.Compile("0", scopes.Credit, kind).Expression!;
            return new MeasureRule(id, nos[id], unit, kinds, value, when);
        }
    }

    /// <summary>Every component after those it asks for, and else in the order of the document. A circle is an error.</summary>
    private static List<int> Order(IReadOnlyList<ComponentReader.Read> components, IReadOnlyList<(string Id, DocNode Node)> nodes)
    {
        List<int> order = [];
        var state = new byte[components.Count];
        bool Visit(int at)
        {
            if (state[at] != 0)
            {
                return state[at] == 2;
            }
            state[at] = 1;
            for (var other = 0; other < components.Count; other++)
            {
                if (components[at].Asks.Contains(nodes[other].Id) && !Visit(other))
                {
                    nodes[at].Node.Fail("component_circle", $"'{nodes[at].Id}' and '{nodes[other].Id}' ask for each other's figures.");
                    state[at] = 2;
                    order.Add(at);
                    return true;
                }
            }
            state[at] = 2;
            order.Add(at);
            return true;
        }
        for (var at = 0; at < components.Count; at++)
        {
            Visit(at);
        }
        return order;
    }
}
