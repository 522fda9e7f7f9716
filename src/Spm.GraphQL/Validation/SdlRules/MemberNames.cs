using Spm.GraphQL.Language;
using Spm.GraphQL.Validation.Rules;

namespace Spm.GraphQL.Validation.SdlRules;

/// <summary>The names of members by the type that they belong to, whose definition and extensions are met in any order.</summary>
internal sealed class MemberNames(ValidationContext context, string what)
{
    private readonly Dictionary<string, FirstNames> _types = new(StringComparer.Ordinal);

    public void Check(NameNode type, IEnumerable<NameNode> members)
    {
        if (!_types.TryGetValue(type.Value, out var names))
        {
            _types.Add(type.Value, names = new FirstNames());
        }
        foreach (var member in members)
        {
            if (names.Before(member) is { } first)
            {
                context.Report($"{what} \"{type.Value}.{member.Value}\" can only be defined once.", first, member);
            }
        }
    }
}
