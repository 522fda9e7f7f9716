using System.Globalization;
using Spm.Compensation.Documents;

namespace Spm.Compensation.PlanDocuments;

/// <summary>How places and values of a plan document are named to people.</summary>
internal static class PlanWords
{
    /// <summary>Lists and the member by which their items are known, whatever their position.</summary>
    private static readonly Dictionary<string, (string Word, string? Key)> _lists = new(StringComparer.Ordinal)
    {
        ["versions"] = ("version", "effective_from"),
        ["components"] = ("component", "id"),
        ["lookups"] = ("lookup", "id"),
        ["measures"] = ("measure", "id"),
        ["groups"] = ("group", "id"),
        ["prizes"] = ("prize", "to_rank"),
        ["goals"] = ("goal", "id"),
        ["tiers"] = ("tier", "from"),
        ["caps"] = ("cap", "per"),
        ["kickers"] = ("kicker", "at"),
        ["tests"] = ("test", "name"),
        ["reps"] = ("rep", "id"),
        ["transactions"] = ("transaction", "id"),
        ["gates"] = ("gate", null),
        ["multipliers"] = ("multiplier", null),
        ["points"] = ("point", "score"),
        ["steps"] = ("step", null),
        ["schedule"] = ("step", null),
        ["expect"] = ("expectation", null),
    };

    /// <summary>A member of a place. A component has one rate table, so its tiers are the component's.</summary>
    public static string Inside(string where, string owner, string member)
    {
        if (member == "rate_table" || KnowsItems(owner, member))
        {
            return where.Length == 0 && member == "rate_table" ? member : where;
        }
        var word = member.Replace('_', ' ');
        return where.Length == 0 ? word : $"{where}, {word}";
    }

    /// <summary>Whether the items of a list are known by a member of theirs, and the list bears no word. The components of a draw are their names alone.</summary>
    public static bool KnowsItems(string owner, string list) => owner != "draw" && _lists.TryGetValue(list, out var words) && words.Key is not null;

    public static string Item(string where, string list, string item)
    {
        var isKnown = _lists.TryGetValue(list, out var words);
        var name = isKnown ? $"{words.Word} {item}" : item;
        return where.Length == 0 ? name : isKnown && words.Key is not null ? $"{where}, {name}" : $"{where} {item}";
    }

    /// <summary>The items of a list by their names; what has none, or shares it, by its position.</summary>
    public static Dictionary<string, DocNode> Named(IReadOnlyList<DocNode> items, string list, string unit)
    {
        var named = new Dictionary<string, DocNode>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var position = (i + 1).ToString(CultureInfo.InvariantCulture);
            if (Name(items[i], list, unit) is not { } name || !named.TryAdd(name, items[i]))
            {
                named.TryAdd($"no. {position}", items[i]);
            }
        }
        return named;
    }

    /// <summary>" %" where either table's tiers are percents of quota.</summary>
    public static string UnitOfTiers(DocNode a, DocNode b) =>
        a.Members.Concat(b.Members).Where(m => m.Name == "rate_table").Any(t => t.Value.Members.All(m => m.Name != "on" || m.Value.Scalar == "attainment")) ? " %" : "";

    public static string Shown(DocNode node) => node.Kind switch
    {
        DocKind.Object => "{ " + string.Join(", ", node.Members.Select(m => $"{m.Name}: {Shown(m.Value)}")) + " }",
        DocKind.Array => Shown(node.Items),
        DocKind.Null => "not known",
        _ => node.Scalar,
    };

    public static string Shown(IReadOnlyList<DocNode> items) => string.Join(", ", items.Select(Shown));

    private static string? Name(DocNode item, string list, string unit)
    {
        if (!_lists.TryGetValue(list, out var words) || words.Key is not { } key)
        {
            return null;
        }
        string? Text(string member) => item.Members.FirstOrDefault(m => m.Name == member).Value is { Kind: not DocKind.Null } value ? Plain(value) : null;
        return list switch
        {
            "tiers" => Text(key) is { } from ? $"from {from}{unit}" : "open below",
            "caps" => Text(key) is { } per ? $"per {per}" : null,
            "prizes" => Text(key) is { } rank ? $"to place {rank}" : Text("to_percent") is { } percent ? $"to {percent} %" : null,
            "kickers" => Text(key) is { } at ? $"at {at} %" : Text("at_amount") is { } amount ? $"at {amount}" : null,
            _ => Text(key),
        };
    }

    /// <summary>A number without the zeros that do not count: 100 and 100.0 name one tier.</summary>
    private static string Plain(DocNode node) =>
        node.Kind == DocKind.Number && decimal.TryParse(node.Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : node.Scalar;
}
