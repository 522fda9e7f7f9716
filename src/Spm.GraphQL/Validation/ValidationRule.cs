using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation;

/// <summary>A rule of the specification. It says what it wants to see of a document, and reports to its context. For one document.</summary>
public abstract class ValidationRule
{
    public abstract void Listen(ValidationContext context, RuleListeners on);
}

/// <summary>Who wants to see which nodes.</summary>
public sealed class RuleListeners
{
    private static readonly int Kinds = Enum.GetValues<SyntaxKind>().Length;

    private readonly List<Action<SyntaxNode>>?[] _enter = new List<Action<SyntaxNode>>?[Kinds];
    private readonly List<Action<SyntaxNode>>?[] _leave = new List<Action<SyntaxNode>>?[Kinds];

    /// <summary>Calls back before the children of a node.</summary>
    public void Enter<T>(SyntaxKind kind, Action<T> listener)
        where T : SyntaxNode =>
        (_enter[(int)kind] ??= []).Add(node => listener((T)node));

    /// <summary>Calls back after the children of a node.</summary>
    public void Leave<T>(SyntaxKind kind, Action<T> listener)
        where T : SyntaxNode =>
        (_leave[(int)kind] ??= []).Add(node => listener((T)node));

    internal void Entered(SyntaxNode node) => Call(_enter[(int)node.Kind], node);

    internal void Left(SyntaxNode node) => Call(_leave[(int)node.Kind], node);

    private static void Call(List<Action<SyntaxNode>>? listeners, SyntaxNode node)
    {
        if (listeners is not null)
        {
            foreach (var listener in listeners)
            {
                listener(node);
            }
        }
    }
}

/// <summary>Ends a validation before its time. The reason has been reported.</summary>
internal sealed class ValidationAborted : Exception;
