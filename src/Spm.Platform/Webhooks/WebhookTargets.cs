using System.Net;
using System.Net.Sockets;
using Spm.Platform.Kernel;

namespace Spm.Platform.Webhooks;

/// <summary>
/// Which addresses webhooks may lead to: public ones, by https. The rule is asked where a name has been resolved, so a name that changes its address
/// between a check and the call gains nothing.
/// </summary>
/// <param name="loopback">On a developer's machine: this machine as well, also by http.</param>
public sealed class WebhookTargets(bool loopback)
{
    /// <summary>This machine, private and shared networks, link-local ones with a cloud's metadata, documentation, multicast, and IPv6 that carries IPv4.</summary>
    private static readonly IPNetwork[] Closed =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ]).Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>Null when events may be sent there, as far as the address itself says.</summary>
    public Error? Check(string url)
    {
        // Uri passes over blanks and line feeds: an address that is read in two ways is none.
        if (url.Length > Limits.WebhookUrlLength || url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Port == 0 || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            return Error.Of("url", ErrorCodes.FieldMalformed, $"'url' is an https address of at most {Limits.WebhookUrlLength} characters, without blanks, line breaks, user, password and fragment, of a port above 0.");
        }
        var isNear = loopback && address.IsLoopback;
        var isNamedPrivate = address.IsLoopback || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && !Allows(ip));
        return isNear ? null
            : address.Scheme != "https" ? Error.Of("url", ErrorCodes.WebhookUrlNotPublic, "Events are sent by https alone.")
            : isNamedPrivate ? Error.Of("url", ErrorCodes.WebhookUrlNotPublic, "Events are sent to public addresses alone.")
            : null;
    }

    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (loopback && IPAddress.IsLoopback(plain)) || !Closed.Any(n => n.Contains(plain));
    }

    /// <summary>Connects to a public address of the host, or to none.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancelled)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancelled);
        var allowed = addresses.Where(Allows).ToArray();
        if (allowed.Length == 0)
        {
            throw new HttpRequestException("The host's name leads to no public address.");
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancelled);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
