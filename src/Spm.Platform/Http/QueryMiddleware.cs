using System.Globalization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>
/// Refuses query parameters that the operation does not know or that stand twice. A misspelt filter that is passed over would answer with everything, and
/// payroll might take it for what it asked for; of two periods only one would be read. Paths must be UTF-8, or a key would be another one than was sent.
/// </summary>
public sealed class QueryMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!IsText(http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? ""))
        {
            return ProblemBody.WriteAsync(http, new Error(ErrorCodes.ParameterInvalid, "The address is not UTF-8 where bytes are written with a percent sign, or has a NUL character."));
        }
        if (http.Request.Query.Count == 0 || http.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<OperationScope>() is null)
        {
            return next(http);
        }
        var answer = FieldSelection.Answer(http.Request.Method, metadata);
        var known = metadata.GetOrderedMetadata<OperationParameters>().SelectMany(p => p.Parameters).Select(p => p.Name).Concat(answer is null ? [] : [FieldSelection.Parameter]).ToList();
        FieldError[] unknown = [.. http.Request.Query.Keys.Where(k => !known.Contains(k, StringComparer.Ordinal)).Select(k => Unknown(k, known))];
        FieldError[] twice = [.. http.Request.Query.Where(q => q.Value.Count > 1).Select(q => new FieldError(q.Key, ErrorCodes.ParameterInvalid, $"The parameter `{q.Key}` stands {q.Value.Count} times."))];
        if (unknown.Length + twice.Length > 0)
        {
            return ProblemBody.WriteAsync(http, Error.Of([.. unknown, .. twice]));
        }
        if (answer is not null && http.Parameter(FieldSelection.Parameter) is { } fields)
        {
            var asked = FieldSelection.Read(fields, answer);
            if (!asked.IsOk)
            {
                return ProblemBody.WriteAsync(http, asked.Error!);
            }
            http.Items[typeof(FieldSelection)] = asked.Value;
        }
        return next(http);
    }

    private static bool IsText(string target)
    {
        if (!target.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }
        var bytes = new List<byte>(target.Length);
        for (var i = 0; i < target.Length; i++)
        {
            if (target[i] == '%' && i + 2 < target.Length && byte.TryParse(target.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add((byte)'x');
            }
        }
        return !bytes.Contains(0) && Utf8.IsValid(bytes.ToArray());
    }

    private static FieldError Unknown(string name, IReadOnlyList<string> known)
    {
        var shown = name.Length > 40 ? name[..40] + "…" : name;
        return new FieldError(shown, ErrorCodes.ParameterInvalid, known.Count == 0
            ? $"The operation has no parameter '{shown}': it has none."
            : $"The operation has no parameter '{shown}'; it has {string.Join(", ", known)}.");
    }
}
