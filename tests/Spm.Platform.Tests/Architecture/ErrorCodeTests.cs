using System.Reflection;
using System.Text.RegularExpressions;
using Spm.Platform.Kernel;

namespace Spm.Platform.Tests.Architecture;

public sealed partial class ErrorCodeTests
{
    private static readonly string[] Constants =
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];

    [Fact]
    public void Every_error_code_stands_in_the_one_table() => Assert.Equal(Constants.Order(StringComparer.Ordinal), ErrorCodes.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_code_is_named_once_and_in_snake_case()
    {
        Assert.Equal(Constants.Length, Constants.Distinct().Count());
        Assert.All(Constants, code => Assert.Matches(SnakeCase(), code));
    }

    [Fact]
    public void A_code_leaves_with_an_error_status_and_one_sentence()
    {
        Assert.All(ErrorCodes.All.Values, code =>
        {
            Assert.InRange(code.Status, 400, 599);
            Assert.EndsWith(".", code.Title);
        });
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
