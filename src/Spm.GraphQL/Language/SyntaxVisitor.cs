namespace Spm.GraphQL.Language;

/// <summary>How a visitor goes on after it has entered a node.</summary>
public enum VisitNext
{
    /// <summary>Into the children.</summary>
    Children,

    /// <summary>Past the children; the node is left all the same.</summary>
    Skip,

    /// <summary>Nowhere: nothing more is entered or left.</summary>
    Stop,
}

/// <summary>
/// Walks a tree in the order of its source. The walk is recursive: it goes as deep as the tree, which the parser bounds
/// (<see cref="ParserOptions.MaxDepth"/>).
/// </summary>
public abstract class SyntaxVisitor
{
    private bool _stopped;

    /// <summary>Enters a node, its children, and leaves it. Null is passed over.</summary>
    public void Visit(SyntaxNode? node)
    {
        if (node is null || _stopped)
        {
            return;
        }
        var next = Enter(node);
        if (next == VisitNext.Children)
        {
            node.VisitChildren(this);
        }
        _stopped |= next == VisitNext.Stop;
        if (!_stopped)
        {
            Leave(node);
        }
    }

    public void Visit<T>(ImmutableArray<T> nodes)
        where T : SyntaxNode
    {
        foreach (var node in nodes)
        {
            Visit(node);
        }
    }

    protected abstract VisitNext Enter(SyntaxNode node);

    protected virtual void Leave(SyntaxNode node)
    {
    }
}
