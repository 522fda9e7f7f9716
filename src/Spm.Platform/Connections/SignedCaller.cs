using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections;

/// <summary>
/// Who comes to a connection with a signature and without a credential: the connection's tenant, and nothing that they may do but deliver. Whether
/// the signature is right is found out where the body is read.
/// </summary>
public sealed class SignedCaller(SpmStore store)
{
    public Result<Caller> Find(HttpContext http)
    {
        var id = http.GetRouteValue("id") as string ?? "";
        if (store.Read(s => ConnectionTable.Find(s, id)) is not { } connection)
        {
            return new Error(ErrorCodes.NotFound, $"There is no connection '{id}'.");
        }
        http.Items[typeof(ConnectionRow)] = connection;
        return new Caller(connection.Tenant, "", connection.Id, FrozenSet<string>.Empty) { Reach = Reach.Nobody };
    }

    internal static ConnectionRow Connection(HttpContext http) => (ConnectionRow)http.Items[typeof(ConnectionRow)]!;
}
