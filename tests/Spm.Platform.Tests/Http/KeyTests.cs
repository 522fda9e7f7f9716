using Spm.Platform.Kernel;

namespace Spm.Platform.Tests.Http;

public sealed class KeyTests
{
    [Theory]
    [InlineData("\uFEFFZ1")]
    [InlineData("Z\u200B1")]
    [InlineData("Z1\u2060")]
    [InlineData("Z\u20281")]
    [InlineData("Z\u00011")]
    [InlineData("Z\U000E00011")]
    [InlineData(" Z1")]
    public void What_nobody_sees_makes_no_other_key(string part) => Assert.NotNull(Keys.Check("external_id", part));

    [Theory]
    [InlineData("Z 1")]
    [InlineData("Zürich/1")]
    [InlineData("東京")]
    public void Letters_of_all_scripts_blanks_within_and_slashes_make_a_key(string part) => Assert.Null(Keys.Check("external_id", part));
}
