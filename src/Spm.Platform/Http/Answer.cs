using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>Answers of the REST face: JSON in the wire format, and every error as application/problem+json from the one table of codes.</summary>
public static class Answer
{
    public static IResult Ok<T>(T value) => new JsonAnswer<T>(value, StatusCodes.Status200OK);

    /// <summary>What was put: 201 when it is new, with where it can be read if it has an address of its own; 200 when it was there.</summary>
    public static IResult Created<T>(T value, bool isNew, string? location = null) =>
        isNew ? new JsonAnswer<T>(value, StatusCodes.Status201Created, location) : Ok(value);

    public static IResult Accepted<T>(T value, string location) => new JsonAnswer<T>(value, StatusCodes.Status202Accepted, location);

    public static IResult Of<T>(Result<T> result) => result.IsOk ? Ok(result.Value) : Problem(result.Error!);

    public static IResult Of<T, TView>(Result<T> result, Func<T, TView> view) => result.IsOk ? Ok(view(result.Value)) : Problem(result.Error!);

    public static IResult Problem(Error error) => new ProblemAnswer(error);

    public static IResult NotFound(string what, string id) => Problem(new Error(ErrorCodes.NotFound, $"There is no {what} '{id}'."));

    private sealed class JsonAnswer<T>(T value, int status, string? location = null) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            if (location is not null)
            {
                httpContext.Response.Headers.Location = location;
            }
            if (httpContext.Items[typeof(FieldSelection)] is FieldSelection asked)
            {
                var some = JsonSerializer.SerializeToNode(value, Json.Options);
                asked.Apply(some);
                return httpContext.Response.WriteAsJsonAsync(some, Json.Options, httpContext.RequestAborted);
            }
            return httpContext.Response.WriteAsJsonAsync(value, Json.Options, httpContext.RequestAborted);
        }
    }

    private sealed class ProblemAnswer(Error error) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => ProblemBody.WriteAsync(httpContext, error);
    }
}
