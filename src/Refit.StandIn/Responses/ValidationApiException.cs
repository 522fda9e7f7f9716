using System.Text.Json;
using System.Text.Json.Serialization;

namespace Refit;

/// <summary>An answer of type application/problem+json, read.</summary>
public class ValidationApiException : ApiException
{
    private ValidationApiException(ApiException plain, ProblemDetails? problem)
        : base(
            plain.Message, plain.RequestMessage, plain.HttpMethod, plain.Content, plain.StatusCode, plain.ReasonPhrase, plain.Headers,
            plain.RefitSettings, plain.InnerException)
    {
        ContentHeaders = plain.ContentHeaders;
        Content = problem;
    }

    public new ProblemDetails? Content { get; }

    internal static async Task<ApiException> OfAsync(ApiException plain)
    {
        try
        {
            return new ValidationApiException(plain, await plain.GetContentAsAsync<ProblemDetails>().ConfigureAwait(false));
        }
        catch (JsonException)
        {
            // It says that it is a problem document and is none: the plain exception has all there is.
            return plain;
        }
    }
}

/// <summary>RFC 9457, with the errors by field that ASP.NET Core adds.</summary>
public class ProblemDetails
{
    public Dictionary<string, string[]> Errors { get; init; } = [];

    [JsonExtensionData]
    public IDictionary<string, object> Extensions { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public string? Type { get; set; } = "about:blank";

    public string? Title { get; set; }

    public int Status { get; set; }

    public string? Detail { get; set; }

    public string? Instance { get; set; }
}

/// <summary>Makes an <see cref="ApiException"/> of every answer outside 2xx.</summary>
public class DefaultApiExceptionFactory(RefitSettings refitSettings)
{
    public async ValueTask<Exception?> CreateAsync(HttpResponseMessage responseMessage) => responseMessage.IsSuccessStatusCode
        ? null
        : await ApiException.Create(responseMessage.RequestMessage!, responseMessage.RequestMessage!.Method, responseMessage, refitSettings)
            .ConfigureAwait(false);
}

/// <summary>Options of a request that say where it comes from.</summary>
public static class HttpRequestMessageOptions
{
    /// <summary>The type of the interface.</summary>
    public static string InterfaceType { get; } = "Refit.InterfaceType";

    public static string MethodName { get; } = "Refit.MethodName";

    /// <summary>The path as it stands in the attribute: it holds no argument, so it is fit for logs and measurements.</summary>
    public static string RelativePathTemplate { get; } = "Refit.RelativePathTemplate";
}
