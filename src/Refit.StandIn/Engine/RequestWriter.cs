using System.Text;

namespace Refit;

/// <summary>Makes the request of a call.</summary>
internal static class RequestWriter
{
    private static readonly HttpRequestOptionsKey<object?> Interface = new(HttpRequestMessageOptions.InterfaceType);
    private static readonly HttpRequestOptionsKey<object?> Method = new(HttpRequestMessageOptions.MethodName);
    private static readonly HttpRequestOptionsKey<object?> Template = new(HttpRequestMessageOptions.RelativePathTemplate);

    public static async ValueTask<HttpRequestMessage> WriteAsync(Caller caller, MethodPlan plan, object?[] arguments, CancellationToken token)
    {
        var settings = caller.Settings;
        var request = new HttpRequestMessage(plan.Method, Address(caller, plan, arguments))
        {
            Version = settings.Version,
            VersionPolicy = settings.VersionPolicy,
        };
        AddBody(request, plan, arguments, settings);
        AddHeaders(request, plan, arguments);
        AddOptions(request, plan, arguments, settings);
        if (settings.AuthorizationHeaderValueGetter is { } getter
            && request.Headers.Authorization is { } scheme && string.IsNullOrWhiteSpace(scheme.Parameter))
        {
            var value = await getter(request, token).ConfigureAwait(false);
            request.Headers.Authorization = string.IsNullOrWhiteSpace(value) ? null : new(scheme.Scheme, value);
        }
        var body = plan.Parameters.FirstOrDefault(p => p.Roles.HasFlag(Roles.Body))?.Body;
        if (request.Content is not null && (body?.Buffered ?? settings.Buffered))
        {
            await request.Content.LoadIntoBufferAsync(token).ConfigureAwait(false);
        }
        return request;
    }

    private static Uri Address(Caller caller, MethodPlan plan, object?[] arguments)
    {
        var address = new StringBuilder(caller.BasePath);
        plan.Path.Write(address, arguments, plan.Parameters, caller.Settings);
        var query = new QueryWriter(caller.Settings);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (plan.Parameters[i].Roles.HasFlag(Roles.Query))
            {
                query.Add(plan.Parameters[i], arguments[i]);
            }
        }
        // A question mark of a value is escaped by now: one that stands here begins the query of the path itself.
        var written = plan.Path.Text.Contains('?') ? address.ToString() : "";
        if (written.IndexOf('?') is >= 0 and var mark)
        {
            address.Length = mark;
            query.AddWritten(written[(mark + 1)..]);
        }
        query.WriteTo(address);
        return new Uri(address.ToString(), UriKind.Relative);
    }

    private static void AddBody(HttpRequestMessage request, MethodPlan plan, object?[] arguments, RefitSettings settings)
    {
        var parts = plan.Boundary is null ? null : new MultipartFormDataContent(plan.Boundary);
        request.Content = parts;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = plan.Parameters[i];
            if (parameter.Roles.HasFlag(Roles.Body))
            {
                request.Content = BodyWriter.Write(parameter, arguments[i], settings);
            }
            else if (parameter.Roles.HasFlag(Roles.Part) && arguments[i] is { } part)
            {
                BodyWriter.AddParts(parts!, parameter, part, settings);
            }
        }
    }

    private static void AddHeaders(HttpRequestMessage request, MethodPlan plan, object?[] arguments)
    {
        var headers = plan.Headers;
        Dictionary<string, string?>? own = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = plan.Parameters[i];
            if ((parameter.Roles & (Roles.Header | Roles.Headers | Roles.Authorization)) == 0)
            {
                continue;
            }
            headers = own ??= new Dictionary<string, string?>(plan.Headers, StringComparer.OrdinalIgnoreCase);
            if (parameter.Header is { } name)
            {
                own[name] = arguments[i]?.ToString();
            }
            if (parameter.Scheme is { } scheme)
            {
                own["Authorization"] = $"{scheme} {arguments[i]}";
            }
            foreach (var (key, value) in arguments[i] as IDictionary<string, string> ?? new Dictionary<string, string>())
            {
                own[key] = value;
            }
        }
        if (headers.Count > 0 && plan.HasContent)
        {
            request.Content ??= new ByteArrayContent([]);
        }
        foreach (var (name, value) in headers)
        {
            Set(request, name, value);
        }
    }

    /// <summary>Takes the place of a header of the same name. Line breaks are taken out, so that no value becomes a second header.</summary>
    private static void Set(HttpRequestMessage request, string name, string? value)
    {
        if (request.Headers.NonValidated.Contains(name))
        {
            request.Headers.Remove(name);
        }
        if (request.Content?.Headers.NonValidated.Contains(name) == true)
        {
            request.Content.Headers.Remove(name);
        }
        if (value is not null && !request.Headers.TryAddWithoutValidation(OneLine(name), OneLine(value)))
        {
            request.Content?.Headers.TryAddWithoutValidation(OneLine(name), OneLine(value));
        }
    }

    private static string OneLine(string text) => text.AsSpan().ContainsAny('\r', '\n')
        ? text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
        : text;

    private static void AddOptions(HttpRequestMessage request, MethodPlan plan, object?[] arguments, RefitSettings settings)
    {
        foreach (var (key, value) in settings.HttpRequestMessageOptions ?? [])
        {
            request.Options.Set(new HttpRequestOptionsKey<object?>(key), value);
        }
        for (var i = 0; i < arguments.Length; i++)
        {
            if (plan.Parameters[i].Option is { } key)
            {
                request.Options.Set(new HttpRequestOptionsKey<object?>(key), arguments[i]);
            }
        }
        request.Options.Set(Interface, plan.Interface);
        request.Options.Set(Method, plan.Name);
        request.Options.Set(Template, plan.Path.Text);
    }
}
