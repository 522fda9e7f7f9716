using Spm.Compensation.Explain;

namespace Spm.Compensation.Tests.Explain;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("T1 Größe 東京 😀", "T1 Größe 東京 😀")]
    [InlineData("T1\u001b[2J", @"T1\u001B[2J")]
    [InlineData("T1\npayout: 9", @"T1\u000Apayout: 9")]
    [InlineData("T1\u009b31m", @"T1\u009B31m")]
    [InlineData("T1\u202e09", @"T1\u202E09")]
    public void What_would_act_on_a_terminal_is_written_out(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));

    [Fact]
    public void An_explanation_has_a_line_for_each_node_whatever_their_names_say() => Assert.Equal(
        "pay: 1 = sum of  (a\\u000Ab)\n  deal \\u001B[2J: 1\n",
        ExplainText.Render(ExplainNode.Of("pay", ExplainOperation.Sum, ExplainNode.Given("deal \u001b[2J", 1m)) with { Detail = "a\nb" }));
}
