namespace Spm.Connectors.Tests.Architecture;

public sealed class SdkTests
{
    [Fact]
    public void The_SDK_uses_nothing_but_the_base_class_library() =>
        Assert.All(typeof(IConnector).Assembly.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));

    /// <summary>Plugins that were compiled against them would break if these gained members. A new ability is a new interface.</summary>
    [Theory]
    [InlineData(typeof(IConnector), "OpenAsync")]
    [InlineData(typeof(IConnection), "CheckAsync DiscoverAsync")]
    [InlineData(typeof(ISource), "ReadAsync")]
    [InlineData(typeof(ISink), "GetStatusAsync PreviewAsync WriteAsync")]
    [InlineData(typeof(IWebhookReceiver), "Receive")]
    [InlineData(typeof(ISecrets), "Get Has")]
    [InlineData(typeof(IConnectorLog), "Write")]
    [InlineData(typeof(IRotatingSecrets), "ExchangeAsync")]
    public void Shipped_interfaces_never_gain_members(Type contract, string members) =>
        Assert.Equal(members, string.Join(' ', contract.GetMethods().Select(m => m.Name).Order()));
}
