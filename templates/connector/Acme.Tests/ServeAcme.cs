using Spm.Connectors.Conformance.Stubs;

namespace Acme.Tests;

/// <summary>
/// The stub by itself, for a host on this machine to read from, until it is stopped:
/// <c>dotnet run --project Acme.Tests -- -explicit only -class "*ServeAcme"</c>. No other run of the tests begins it.
/// </summary>
public sealed class ServeAcme
{
    private const int Port = 7595;

    [Fact(Explicit = true)]
    public async Task Until_it_is_stopped()
    {
        await using var vendor = new AcmeVendor(await StubServer.StartAsync(Port));
        vendor.Fill("deals", 260);
        Console.WriteLine($"Acme at {vendor.Server.Address}, for who has the token {AcmeVendor.Token}");
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }
}
