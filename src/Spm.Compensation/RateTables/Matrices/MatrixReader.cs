using Spm.Compensation.Documents;

namespace Spm.Compensation.RateTables.Matrices;

/// <summary>The written form of a matrix and its rules.</summary>
internal static class MatrixReader
{
    public const int MaxEdges = 50;

    private const string Number = """{ "type": ["number", "string"] }""";

    private const string Axis = $$"""
        {
          "type": "object",
          "description": "An axis of the matrix: a figure and its edges.",
          "properties": {
            "figure": { "type": "string", "description": "The expression whose value is looked up on this axis." },
            "at": { "type": "array", "minItems": 1, "maxItems": 50, "items": {{Number}}, "description": "Rising edges in units of the figure, at most 4 decimals; a figure on an edge has reached it. Below the first one the matrix is 0." }
          },
          "required": ["figure", "at"],
          "additionalProperties": false
        }
        """;

    public const string Schema = $$"""
        {
          "type": "object",
          "description": "A payout matrix: two figures look up one percent.",
          "properties": {
            "rows": {{Axis}},
            "columns": {{Axis}},
            "values": { "type": "array", "minItems": 1, "maxItems": 50, "items": { "type": "array", "minItems": 1, "maxItems": 50, "items": {{Number}} }, "description": "Percents (50 means 50 %), 0 to 1000, at most 8 decimals: a list for each edge of the rows, in it a value for each edge of the columns." },
            "mode": { "enum": ["step", "interpolated"], "default": "step", "description": "step: the cell of the highest edges reached. interpolated: bilinear between cells, constant beyond the last edges." }
          },
          "required": ["rows", "columns", "values"],
          "additionalProperties": false
        }
        """;

    /// <summary>Null when a matrix can be made of them; else the rule that is broken, the member of the document and the index in it.</summary>
    public static (string Code, string Member, int Index, string Detail)? Check(
        MatrixAxis rows, MatrixAxis columns, IReadOnlyList<IReadOnlyList<decimal>> values)
    {
        if ((Edges("rows", rows.At) ?? Edges("columns", columns.At)) is { } broken)
        {
            return broken;
        }
        if (values.Count != rows.At.Count)
        {
            return ("matrix_not_filled", "values", -1, $"The matrix has {values.Count} rows of values for {rows.At.Count} edges.");
        }
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Count != columns.At.Count)
            {
                return ("matrix_not_filled", "values", i, $"Row {i + 1} of the matrix has {values[i].Count} values for {columns.At.Count} edges.");
            }
            if (values[i].Any(v => v is < 0m or > Tiers.MaxRate))
            {
                return ("rate_out_of_range", "values", i, $"Row {i + 1} of the matrix has a value that is not 0 to {Tiers.MaxRate} %.");
            }
        }
        return null;
    }

    public static Matrix? Read(DocNode node)
    {
        var errors = node.Errors.All.Count;
        var (rows, columns) = (ReadAxis(node.Get("rows")), ReadAxis(node.Get("columns")));
        node.Get("values");
        IReadOnlyList<IReadOnlyList<decimal>> values = [.. node.List("values").Select(ReadRow)];
        var mode = node.OneOf("mode", MatrixMode.Step);
        node.RefuseOthers();
        if (node.Errors.All.Count > errors)
        {
            return null;
        }
        if (Check(rows, columns, values) is not { } broken)
        {
            return new Matrix(rows, columns, values, mode);
        }
        var member = node.Get(broken.Member);
        var lines = broken.Member == "values" ? member.Items : member.List("at");
        (broken.Index >= 0 && broken.Index < lines.Count ? lines[broken.Index] : member).Fail(broken.Code, broken.Detail);
        return null;
    }

    private static (string Code, string Member, int Index, string Detail)? Edges(string member, IReadOnlyList<decimal> at)
    {
        if (at.Count is 0 or > MaxEdges)
        {
            return ("edges_count", member, -1, $"An axis has 1 to {MaxEdges} edges.");
        }
        for (var i = 0; i < at.Count; i++)
        {
            if (at[i] is < -Tiers.MaxAmount or > Tiers.MaxAmount)
            {
                return ("edge_out_of_range", member, i, $"Edge {i + 1} is {at[i]}; an edge is at most {Tiers.MaxAmount} away from 0.");
            }
            if (i > 0 && at[i] <= at[i - 1])
            {
                return ("edges_do_not_rise", member, i, $"Edge {i + 1} is {at[i]}, which is not above {at[i - 1]} before it.");
            }
        }
        return null;
    }

    private static MatrixAxis ReadAxis(DocNode axis)
    {
        var figure = axis.Text("figure");
        axis.Get("at");
        var read = new MatrixAxis(figure, [.. axis.List("at").Select(n => TierReader.Number(n, TierReader.MaxEdgeDecimals))]);
        axis.RefuseOthers();
        return read;
    }

    private static IReadOnlyList<decimal> ReadRow(DocNode row)
    {
        if (row.Kind != DocKind.Array)
        {
            row.Fail("type_mismatch", "A row of values is a list of percents.");
        }
        return [.. row.Items.Select(n => TierReader.Number(n, TierReader.MaxRateDecimals))];
    }
}
