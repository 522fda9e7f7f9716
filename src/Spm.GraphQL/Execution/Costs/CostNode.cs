namespace Spm.GraphQL.Execution.Costs;

/// <summary>What a field costs, and what is selected of it. A fragment is one node, wherever it is spread.</summary>
/// <param name="weight">Of each object.</param>
/// <param name="size">Objects that there may be for one object around.</param>
/// <param name="isSized">Whether there are as many as the field around says.</param>
internal sealed class CostNode(double weight, ListSize size, bool isSized)
{
    private readonly List<CostNode> _children = [];

    public bool IsFragment { get; init; }

    /// <summary>Whether the size is that of fields below, such as the edges of a connection.</summary>
    public bool SizesChildren { get; init; }

    public bool UsesVariables { get; private set; } = size.Variables;

    public void Add(CostNode child)
    {
        _children.Add(child);
        UsesVariables |= child.UsesVariables;
    }

    public static double Evaluate(CostNode root, IReadOnlyDictionary<string, object?>? variables) =>
        new Evaluation(variables).Of(root, 1);

    private sealed class Evaluation(IReadOnlyDictionary<string, object?>? variables)
    {
        private Dictionary<(CostNode, double), double>? _known;
        private int _steps;

        /// <param name="around">Objects that fields of that size have.</param>
        public double Of(CostNode node, double around)
        {
            if (node.IsFragment && _known is not null && _known.TryGetValue((node, around), out var known))
            {
                return known;
            }
            if (++_steps > Limits.CostSteps)
            {
                return double.PositiveInfinity;
            }
            var own = node.IsSized ? around : node.SizesChildren ? 1 : node.Size.With(variables);
            var inner = node.SizesChildren ? node.Size.With(variables) : node.IsFragment ? around : 1;
            var below = 0d;
            foreach (var child in node._children)
            {
                below += Of(child, inner);
            }
            // Nothing times without end is nothing.
            var cost = own == 0 ? 0 : own * (node.Weight + below);
            if (node.IsFragment)
            {
                (_known ??= []).Add((node, around), cost);
            }
            return cost;
        }
    }

    private double Weight => weight;

    private ListSize Size => size;

    private bool IsSized => isSized;
}
