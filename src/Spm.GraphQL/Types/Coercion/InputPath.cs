using System.Globalization;
using System.Text;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>The way from a value to a value within it. Null is the value itself.</summary>
internal sealed record InputPath(InputPath? Parent, string Step)
{
    public static InputPath Field(InputPath? parent, string name) => new(parent, "." + name);

    public static InputPath Item(InputPath? parent, int index) => new(parent, $"[{index.ToString(CultureInfo.InvariantCulture)}]");

    /// <summary><c>.items[2].name</c></summary>
    public override string ToString()
    {
        List<string> steps = [];
        for (var path = this; path is not null; path = path.Parent)
        {
            steps.Add(path.Step);
        }
        steps.Reverse();
        return new StringBuilder().AppendJoin("", steps).ToString();
    }
}
