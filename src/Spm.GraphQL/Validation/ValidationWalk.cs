using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation;

/// <summary>The one walk over a document: it keeps the types of the place, then lets the rules look.</summary>
internal sealed class ValidationWalk(ValidationContext context, RuleListeners listeners) : SyntaxVisitor
{
    protected override VisitNext Enter(SyntaxNode node)
    {
        context.Types?.Enter(node);
        context.Usages.Enter(node);
        listeners.Entered(node);
        context.Ancestors.Add(node);
        return VisitNext.Children;
    }

    protected override void Leave(SyntaxNode node)
    {
        context.Ancestors.RemoveAt(context.Ancestors.Count - 1);
        listeners.Left(node);
        context.Types?.Leave(node);
    }
}
