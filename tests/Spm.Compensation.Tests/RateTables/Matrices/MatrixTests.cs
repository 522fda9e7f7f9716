using FsCheck.Fluent;
using Spm.Compensation.Documents;
using Spm.Compensation.RateTables.Matrices;
using Spm.Compensation.Tests.Examples;

namespace Spm.Compensation.Tests.RateTables.Matrices;

public class MatrixTests
{
    private static readonly MarkdownSection Page = MarkdownSection.Read(
        File.ReadAllText(Path.Combine(Repository.Root, "src", "Spm.Compensation", "RateTables", "Matrices", "matrix.plan.md"))).Single();

    private static readonly Matrix G33 = Read(Page.Json!).Matrix!;

    private static readonly Matrix Smooth = new(G33.Rows, G33.Columns, G33.Values, MatrixMode.Interpolated);

    [Fact]
    public void The_worked_example_is_looked_up_as_printed()
    {
        var printed = Page.Table("rows");
        Assert.Equal(printed.Columns.Skip(1).Select(c => decimal.Parse(c)), G33.Columns.At);
        Assert.Equal(printed.Rows.Select(r => r.Number("rows")), G33.Rows.At);
        foreach (var row in Page.Table("row").Rows)
        {
            var (down, along) = (row.Number("row"), row.Number("column"));
            Assert.Equal((row.Number("step %"), row.Number("interpolated %")), (G33.Lookup(down, along, out _), Smooth.Lookup(down, along, out _)));
        }
    }

    [Fact]
    public void G33_at_its_grid_points_either_mode_pays_the_cell()
    {
        var printed = Page.Table("rows");
        foreach (var row in printed.Rows)
        {
            foreach (var column in printed.Columns.Skip(1))
            {
                Assert.Equal(row.Number(column), G33.Lookup(row.Number("rows"), decimal.Parse(column), out _));
                Assert.Equal(row.Number(column), Smooth.Lookup(row.Number("rows"), decimal.Parse(column), out _));
            }
        }
        Assert.Equal((0m, 0m), (G33.Lookup(0.5m, 300_000, out _), G33.Lookup(3, 50_000, out _)));
    }

    [Fact]
    public void The_cell_says_where_it_was_looked_up()
    {
        G33.Lookup(2.5m, 250_000, out var step);
        Assert.Equal(new MatrixCell(1, 1, 1, 1, 78.1m), step);
        Smooth.Lookup(2.5m, 250_000, out var smooth);
        Assert.Equal(new MatrixCell(1, 1, 2, 2, 89.85m), smooth);
        Smooth.Lookup(9, 250_000, out var last);
        Assert.Equal(new MatrixCell(4, 1, 4, 2, 137.5m), last);
        Smooth.Lookup(0, 250_000, out var below);
        Assert.Equal((new MatrixCell(-1, 1, -1, 1, 0), true), (below, below.IsBelow));
    }

    [Fact]
    public void An_interpolated_value_lies_between_the_cells_around_it() => Property.Holds(
        from row in Gen.Choose(100, 600)
        from column in Gen.Choose(100_000, 600_000)
        select (Row: row / 100m, Column: (decimal)column),
        c =>
        {
            var percent = Smooth.Lookup(c.Row, c.Column, out var cell);
            decimal[] around =
            [
                G33.Values[cell.Row][cell.Column], G33.Values[cell.Row][cell.ColumnAbove],
                G33.Values[cell.RowAbove][cell.Column], G33.Values[cell.RowAbove][cell.ColumnAbove],
            ];
            Assert.InRange(percent, around.Min(), around.Max());
            Assert.Equal(cell.Percent, percent);
            Assert.Equal(around[0], G33.Lookup(c.Row, c.Column, out _));
        });

    [Theory]
    [InlineData("edges_count", """{"rows":{"figure":"a","at":[]},"columns":{"figure":"b","at":[1]},"values":[]}""")]
    [InlineData("edges_do_not_rise", """{"rows":{"figure":"a","at":[2,2]},"columns":{"figure":"b","at":[1]},"values":[[1],[2]]}""")]
    [InlineData("matrix_not_filled", """{"rows":{"figure":"a","at":[1,2]},"columns":{"figure":"b","at":[1]},"values":[[1]]}""")]
    [InlineData("matrix_not_filled", """{"rows":{"figure":"a","at":[1]},"columns":{"figure":"b","at":[1]},"values":[[1,2]]}""")]
    [InlineData("rate_out_of_range", """{"rows":{"figure":"a","at":[1]},"columns":{"figure":"b","at":[1]},"values":[[-1]]}""")]
    [InlineData("type_mismatch", """{"rows":{"figure":"a","at":[1]},"columns":{"figure":"b","at":[1]},"values":[1]}""")]
    [InlineData("value_unknown", """{"rows":{"figure":"a","at":[1]},"columns":{"figure":"b","at":[1]},"values":[[1]],"mode":"flat"}""")]
    [InlineData("field_missing", """{"rows":{"figure":"a","at":[1]},"values":[[1]]}""")]
    [InlineData("field_unknown", """{"rows":{"figure":"a","at":[1],"to":3},"columns":{"figure":"b","at":[1]},"values":[[1]]}""")]
    public void A_matrix_that_breaks_a_rule_is_refused_by_its_name(string code, string json)
    {
        var (matrix, errors) = Read(json);
        Assert.Null(matrix);
        Assert.Contains(code, errors.All.Select(e => e.Code));
    }

    [Fact]
    public void Matrices_of_the_same_cells_are_equal()
    {
        Assert.Equal(G33, Read(Page.Json!).Matrix);
        Assert.Equal(G33.GetHashCode(), Read(Page.Json!).Matrix!.GetHashCode());
        Assert.NotEqual(G33, Smooth);
    }

    private static (Matrix? Matrix, DocErrors Errors) Read(string json)
    {
        var errors = new DocErrors();
        return (Matrix.Read(DocParser.Parse(json, errors)!), errors);
    }
}
