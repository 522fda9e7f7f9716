using Microsoft.AspNetCore.Routing;

namespace Spm.Platform.Http;

/// <summary>The REST face of one slice. Found by scanning and mapped by the host; it reads the request, calls the slice's command and answers.</summary>
public interface IEndpoints
{
    void Map(IEndpointRouteBuilder routes);
}
