using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Groups;

/// <summary>
/// Reps whose figures are looked at together: those whom the plan pays in a month and for whom <paramref name="By"/> yields the same text then.
/// Worked example: groups.md.
/// </summary>
/// <param name="By">Null: all of them together. What yields null for a rep leaves the rep out.</param>
/// <param name="When">Who is a member at all; null: everyone.</param>
public sealed record GroupRule(string Id, CompiledExpression<RepProfile>? By, CompiledExpression<RepProfile>? When)
{
    public const int MostOfAVersion = 10;

    public const string Schema = """
        {
          "type": "object", "additionalProperties": false, "required": ["id"],
          "description": "Reps whose figures are looked at together: those whom the plan pays in a month. Expressions ask for ID.to_date, ID.attainment and the like.",
          "properties": {
            "id": { "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,63}$", "description": "Names the group. Letters, digits and underscores, at most 64, beginning with no digit." },
            "by": { "type": "string", "minLength": 1, "maxLength": 4000, "description": "Expression over the rep that yields a text: whoever has the same text is in one group. It also knows rep.manager. Left out: all reps of the plan together." },
            "when": { "type": "string", "minLength": 1, "maxLength": 4000, "description": "Expression over the rep that is true for members. Left out: everyone on the plan." },
            "note": { "type": "string", "minLength": 1, "maxLength": 4000, "description": "For people; means nothing to the calculation." }
          }
        }
        """;

    /// <summary>Words that begin other names of expressions.</summary>
    private static readonly string[] Reserved = ["components", "rep", "facts"];

    /// <summary>Which of the groups a rep is in; null: in none.</summary>
    public string? KeyOf(RepProfile rep) => When?.Truth(rep) == false ? null : By is null ? "" : By.TextOf(rep);

    /// <summary>Whether names of expressions can begin with it.</summary>
    internal static bool CanName(string id) => !Reserved.Contains(id) && Lexer.IsName($"{id}.to_date");

    internal static GroupRule Read(string id, DocNode node, PlanScopes scopes)
    {
        if (!CanName(id))
        {
            node.Get("id").Fail("group_id_reserved", $"'{id}' means something else in expressions.");
        }
        var by = node.Find("by") is { } text ? ExpressionCompiler.Read(text, scopes.Member, ExpressionKind.Text) : null;
        var when = node.Find("when") is { } condition ? ExpressionCompiler.Read(condition, scopes.Member, ExpressionKind.Truth) : null;
        node.OptionalText("note");
        node.RefuseOthers();
        return new GroupRule(id, by, when);
    }
}

/// <summary>Where a rep stands in a month, as far as it may change from month to month.</summary>
/// <param name="Manager">Id of the rep above on the month's last day; null: nobody.</param>
/// <param name="Territory">Id of the territory owned on that day; null: none.</param>
public readonly record struct RepPlace(string? Manager, string? Territory);
