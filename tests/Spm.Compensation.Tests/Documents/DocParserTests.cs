using System.Text;
using Spm.Compensation.Documents;

namespace Spm.Compensation.Tests.Documents;

public class DocParserTests
{
    [Theory]
    [InlineData("1e3", null)]
    [InlineData("1.25e-2", null)]
    [InlineData("1e-28", null)]
    [InlineData("1e-40", "number_out_of_range")]
    [InlineData("1.5e-28", "number_out_of_range")]
    [InlineData("1e-99999999999", "number_out_of_range")]
    public void A_number_that_would_be_rounded_is_refused(string number, string? code)
    {
        var errors = new DocErrors();
        DocParser.Parse($$"""{"rate": {{number}}}""", errors)!.Get("rate").AsNumber();
        Assert.Equal(code, errors.All.SingleOrDefault()?.Code);
    }

    [Fact]
    public void A_name_of_more_than_two_hundred_letters_is_refused_where_it_stands()
    {
        var errors = new DocErrors();
        var long201 = new string('k', DocParser.MaxName + 1);

        Assert.NotNull(DocParser.Parse($$"""{"{{long201[1..]}}":1}""", new DocErrors()));
        Assert.Null(DocParser.Parse($$"""
            {"plan":"p",
             "{{long201}}":[0]}
            """, errors));

        var refused = Assert.Single(errors.All);
        Assert.Equal(("json_invalid", 2, 2), (refused.Code, refused.Line, refused.Column));
    }

    [Fact]
    public void Many_values_deep_below_long_names_take_memory_by_their_number_alone()
    {
        const int Depth = 20, Values = 100_000;
        var name = new string('k', DocParser.MaxName);
        var text = new StringBuilder();
        for (var i = 0; i < Depth; i++)
        {
            text.Append("{\"").Append(name).Append("\":");
        }
        text.Append('[').AppendJoin(',', Enumerable.Repeat('0', Values)).Append(']').Append('}', Depth);
        var utf8 = Encoding.UTF8.GetBytes(text.ToString());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var root = DocParser.Parse(utf8, new DocErrors())!;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000L * Values);
        var value = root;
        for (var i = 0; i < Depth; i++)
        {
            value = value.Find(name)!;
        }
        Assert.EndsWith($"/{name}/{Values - 1}", value.Items[^1].Path.ToString(), StringComparison.Ordinal);
    }
}
