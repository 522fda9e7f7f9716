using System.Text;
using Spm.GraphQL.Language;
using Spm.GraphQL.Tests.Oracle;

namespace Spm.GraphQL.Tests.Language;

/// <summary>Whatever the bytes, there is a tree or one located error, and what it costs is in proportion.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void Any_bytes_give_a_tree_or_a_located_error()
    {
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            var source = new byte[random.Next(64)];
            random.NextBytes(source);
            Check(source);
        }
    }

    [Fact]
    public void Documents_with_bytes_knocked_out_give_a_tree_or_a_located_error()
    {
        var random = new Random(2);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var source = Encoding.UTF8.GetBytes(new SdlGenerator(round % 50).Definitions() + new RandomText(round).Garbage());
            for (var i = random.Next(4); i >= 0; i--)
            {
                source[random.Next(source.Length)] = (byte)random.Next(256);
            }
            Check(source[..random.Next(source.Length + 1)]);
        }
    }

    [Fact]
    public void What_is_printed_reads_as_the_same_document()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            if (Parser.TryParse(Encoding.UTF8.GetBytes(new SdlGenerator(seed).Definitions())).Document is { } document)
            {
                Assert.Equal(document.ToString(), Parser.Parse(document.ToString()).ToString());
            }
        }
    }

    [Theory]
    [InlineData("{a")]
    [InlineData("{a(b:[")]
    [InlineData("query($a:[")]
    [InlineData("{a(b:{c:")]
    [InlineData("{...{")]
    [InlineData("type A{b(c:Int=[")]
    public void Nesting_without_end_ends_at_the_limit(string opening)
    {
        var nest = opening[(opening.LastIndexOfAny(['[', '{']))..];
        var source = opening + string.Concat(Enumerable.Repeat(nest == "{" && opening != "{...{" ? "{c:" : opening == "{a" ? "{a" : opening == "{...{" ? "...{" : nest, 100_000));
        GraphQLError? error = null;
        var thread = new Thread(() => error = Parser.TryParse(Encoding.UTF8.GetBytes(source)).Error, 256 << 10);
        thread.Start();
        thread.Join();
        Assert.Equal("Syntax Error: Document is nested deeper than 200 levels. Parsing aborted.", error!.Message);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("{ a }")]
    [InlineData("#")]
    [InlineData("\"")]
    [InlineData("\"\"\"\n")]
    [InlineData("7")]
    [InlineData("\\u{")]
    [InlineData("😀")]
    public void A_megabyte_of_anything_costs_in_proportion(string piece)
    {
        var source = Encoding.UTF8.GetBytes("{ a(b: " + string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length - 16)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Check(source);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    private static void Check(byte[] source)
    {
        var (document, error) = Parser.TryParse(source);
        if (document is null)
        {
            Assert.StartsWith("Syntax Error: ", error!.Message);
            var location = Assert.Single(error.Locations);
            Assert.InRange(location.Line, 1, source.Length + 1);
            Assert.InRange(location.Column, 1, source.Length + 1);
        }
        else
        {
            Assert.Equal(document.ToString(), Parser.Parse(document.ToString()).ToString());
        }
    }
}
