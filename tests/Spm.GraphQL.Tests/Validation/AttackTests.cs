using System.Text;
using Spm.GraphQL.Language;
using Spm.GraphQL.Tests.Oracle;
using Spm.GraphQL.Types;
using Spm.GraphQL.Validation;

namespace Spm.GraphQL.Tests.Validation;

/// <summary>Documents that are short to send and long to think about are refused early: on a small stack, with bounded memory.</summary>
public sealed class AttackTests
{
    private const int SmallStack = 512 << 10;

    private static readonly Schema Shapes = Schema.Parse(OracleSchemas.Shapes);

    private static readonly ParserOptions Wide = new() { MaxTokens = 1_000_000, MaxBytes = 16 << 20 };

    [Fact]
    public void A_chain_of_fragments_as_long_as_a_document_allows_does_not_overflow_the_stack()
    {
        var chain = Chain(5000, i => $"fragment F{i} on Box {{ deep {{ ...F{i + 1} }} }} ", "fragment F5000 on Box { scalar }");
        Assert.All(Validate("{ box { ...F0 } }" + chain), e => Assert.EndsWith("Validation aborted.", e.Message));
        var twice = Validate("{ box { ...F0 ... on Box { deep { ...F1 deep { ...F0 } } } } }" + chain);
        Assert.True(twice.Count <= 1);
    }

    [Fact]
    public void A_circle_of_fragments_is_found_however_long_it_is()
    {
        var circle = Chain(3000, i => $"fragment F{i} on Box {{ ...F{(i + 1) % 3000} }} ", "");
        Assert.NotEmpty(Validate("{ box { ...F0 } }" + circle));
    }

    [Fact]
    public void Fragments_that_double_with_every_level_are_compared_once()
    {
        var doubling = Chain(60, i => $"fragment F{i} on Box {{ a: deep {{ ...F{i + 1} }} b: deep {{ ...F{i + 1} }} a: deep {{ ...F{i + 1} }} }} ", "fragment F60 on Box { scalar }");
        Assert.Empty(Validate("{ box { ...F0 ...F0 } }" + doubling));
    }

    [Theory]
    [InlineData("deep { scalar } ")]
    [InlineData("... on Box { deep { deep { scalar } } } ")]
    [InlineData("x: scalar ")]
    public void One_field_thousands_of_times_is_given_up(string selection)
    {
        var errors = Validate($"{{ box {{ {string.Concat(Enumerable.Repeat(selection, 4000))} }} }}");
        Assert.Equal("Comparing the fields of the document takes too long. Validation aborted.", Assert.Single(errors).Message);
    }

    [Fact]
    public void Arguments_without_end_are_compared_within_the_budget()
    {
        var arguments = string.Join(", ", Enumerable.Range(0, 1500).Select(i => $"a{i}: 1"));
        var errors = Validate($"{{ int {{ args({arguments}) args({arguments}) }} }}");
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void Operations_times_fragments_are_followed_within_the_budget()
    {
        var operations = Chain(2000, i => $"query Q{i}($v: Int) {{ int {{ ...F0 }} }} ", "");
        var fragments = Chain(300, i => $"fragment F{i} on IntBox {{ ...F{i + 1} }} ", "fragment F300 on IntBox { args(a: $v) }");
        Assert.Equal(
            "Following the fragments of the document takes too long. Validation aborted.",
            Assert.Single(Validate(operations + fragments)).Message);
    }

    [Fact]
    public void A_conflict_with_thousands_of_causes_is_told_in_brief()
    {
        var many = string.Join(" ", Enumerable.Range(0, 400).Select(i => $"x{i}: scalar"));
        var others = string.Join(" ", Enumerable.Range(0, 400).Select(i => $"x{i}: unrelated"));
        var conflicts = Validate($"{{ int {{ deep {{ {many} }} deep {{ {others} }} }} }}");
        Assert.True(Assert.Single(conflicts).Message.Length < 2000);
        Assert.True(conflicts[0].Locations.Length <= 40);
    }

    [Fact]
    public void Long_names_are_not_sent_back_a_hundredfold()
    {
        var name = new string('n', 300_000);
        var operations = Chain(500, i => $"query Q{i} {{ int {{ args(a: ${name}) }} }} ", "").Replace(name, "v", StringComparison.Ordinal);
        Assert.All(Validate(operations + $"query Q {{ {name} }}"), e => Assert.InRange(e.Message.Length, 1, 2003));
        Assert.All(Validate($"{{ int {{ {string.Concat(Enumerable.Repeat("args(a: 1, a: 2) ", 50))} }} {name} }}"), e => Assert.InRange(e.Message.Length, 1, 2003));
        Assert.InRange(Parser.TryParse(Encoding.UTF8.GetBytes($"{{ a }} {name}"), Wide).Error!.Message.Length, 1, 2003);
    }

    [Fact]
    public void An_error_with_thousands_of_places_names_some()
    {
        var errors = Validate($"query ({string.Join(" ", Enumerable.Repeat("$a: Int", 3000))}) {{ int {{ args(a: $a) }} }}");
        Assert.Equal(100, Assert.Single(errors).Locations.Length);
    }

    private static string Chain(int length, Func<int, string> link, string end)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            text.Append(link(i));
        }
        return text.Append(end).ToString();
    }

    /// <summary>On a thread whose stack is smaller than any server's.</summary>
    private static IReadOnlyList<GraphQLError> Validate(string source)
    {
        IReadOnlyList<GraphQLError>? errors = null;
        long allocated = 0;
        var thread = new Thread(
            () =>
            {
                var document = Parser.Parse(source, Wide);
                var before = GC.GetAllocatedBytesForCurrentThread();
                errors = DocumentValidator.Validate(Shapes, document);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            },
            SmallStack);
        thread.Start();
        thread.Join();
        Assert.InRange(allocated, 0, 200 << 20);
        return errors!;
    }
}
