using System.Reflection;

namespace Refit;

/// <summary>Reads the attributes of a method and refuses what cannot work.</summary>
internal static class MethodReader
{
    private static readonly MethodInfo SerializeMethod =
        typeof(MethodReader).GetMethod(nameof(Serialize), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <exception cref="ArgumentException">The method cannot work.</exception>
    public static MethodPlan Read(Type type, MethodInfo method)
    {
        var http = method.GetCustomAttribute<HttpMethodAttribute>(true)
            ?? throw new ArgumentException("It has none of the attributes [Get], [Post], [Put], [Patch], [Delete], [Head], [Options].");
        if (method.IsGenericMethodDefinition)
        {
            throw new ArgumentException("A generic method cannot be read ahead; give it a type.");
        }
        var parameters = method.GetParameters();
        var path = new PathTemplate(http.Path, parameters);
        var multipart = method.GetCustomAttribute<MultipartAttribute>();
        var body = BodyOf(http.Method, parameters, path, multipart is not null);
        var plans = parameters.Select((p, i) => Parameter(p, i, i == body, path, multipart is not null)).ToArray();
        Single(plans, Roles.Cancellation, $"Argument list to method \"{method.Name}\" can only contain a single CancellationToken");
        Single(plans, Roles.Headers, "Only one parameter can be a HeaderCollection parameter");
        Single(plans, Roles.Authorization, "Only one parameter can be an Authorize parameter");
        return new MethodPlan
        {
            Interface = type,
            Name = method.Name,
            Method = http.Method,
            Path = path,
            Headers = Headers(type, method),
            Parameters = plans,
            Result = ResultReader.For(method.ReturnType),
            Boundary = multipart?.BoundaryText,
            Timeout = method.GetCustomAttribute<TimeoutAttribute>() is { Milliseconds: > 0 } timeout
                ? TimeSpan.FromMilliseconds(timeout.Milliseconds)
                : null,
        };
    }

    private static void Single(ParameterPlan[] plans, Roles role, string otherwise)
    {
        if (plans.Count(p => p.Roles.HasFlag(role)) > 1)
        {
            throw new ArgumentException(otherwise);
        }
    }

    /// <summary>The body's place. Without [Body], a POST, PUT or PATCH takes the one parameter that is an object and nothing else.</summary>
    private static int BodyOf(HttpMethod http, ParameterInfo[] parameters, PathTemplate path, bool multipart)
    {
        var marked = Enumerable.Range(0, parameters.Length).Where(i => parameters[i].IsDefined(typeof(BodyAttribute))).ToArray();
        if (multipart && marked.Length > 0)
        {
            throw new ArgumentException("Multipart requests may not contain a Body parameter");
        }
        if (marked.Length > 1)
        {
            throw new ArgumentException("Only one parameter can be a Body parameter");
        }
        if (marked.Length == 1 || multipart || (http != HttpMethod.Post && http != HttpMethod.Put && http != HttpMethod.Patch))
        {
            return marked.Length == 1 ? marked[0] : -1;
        }
        var objects = Enumerable.Range(0, parameters.Length).Where(i => IsUnmarkedObject(parameters[i]) && !path.Uses(i)).ToArray();
        return objects.Length <= 1
            ? objects.Length == 1 ? objects[0] : -1
            : throw new ArgumentException("Multiple complex types found. Specify one parameter as the body using BodyAttribute");
    }

    private static bool IsUnmarkedObject(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType
        && parameter.ParameterType != typeof(string)
        && !parameter.GetCustomAttributes().Any(a => a is QueryAttribute or HeaderAttribute or HeaderCollectionAttribute or PropertyAttribute or AuthorizeAttribute);

    private static ParameterPlan Parameter(ParameterInfo info, int index, bool isBody, PathTemplate path, bool multipart)
    {
        var query = info.GetCustomAttribute<QueryAttribute>();
        var roles = Roles.None;
        Set(Roles.Cancellation, info.ParameterType == typeof(CancellationToken) || info.ParameterType == typeof(CancellationToken?));
        Set(Roles.Path, path.Uses(index));
        Set(Roles.Body, isBody);
        Set(Roles.Header, info.IsDefined(typeof(HeaderAttribute)));
        Set(Roles.Headers, info.IsDefined(typeof(HeaderCollectionAttribute)));
        Set(Roles.Authorization, info.IsDefined(typeof(AuthorizeAttribute)));
        Set(Roles.Option, info.IsDefined(typeof(PropertyAttribute)));
        if (roles.HasFlag(Roles.Headers) && !info.ParameterType.IsAssignableFrom(typeof(IDictionary<string, string>)))
        {
            throw new ArgumentException(
                $"HeaderCollection parameter of type {info.ParameterType.Name} is not assignable from IDictionary<string, string>");
        }
        if (roles == Roles.None || (query is not null && (roles & ~Roles.Option) == Roles.None))
        {
            var inPath = path.PropertiesOf(index).Count > 0;
            roles |= multipart && query is null && !inPath ? Roles.Part : Roles.Query;
        }
        return new ParameterPlan
        {
            Info = info,
            Name = Wire.NameOf(info),
            Roles = roles,
            Query = query,
            Body = info.GetCustomAttribute<BodyAttribute>(),
            Header = info.GetCustomAttribute<HeaderAttribute>()?.Header.Trim(),
            Scheme = info.GetCustomAttribute<AuthorizeAttribute>()?.Scheme,
            Option = info.GetCustomAttribute<PropertyAttribute>() is { } option ? string.IsNullOrEmpty(option.Key) ? info.Name : option.Key : null,
            InPath = path.PropertiesOf(index),
            Serialize = isBody
                ? SerializeMethod.MakeGenericMethod(info.ParameterType).CreateDelegate<Func<IHttpContentSerializer, object?, HttpContent>>()
                : null,
        };

        void Set(Roles role, bool on) => roles |= on ? role : Roles.None;
    }

    /// <summary>From the farthest interface to the method, so that the nearer one wins.</summary>
    private static Dictionary<string, string?> Headers(Type type, MethodInfo method)
    {
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var said = type.GetInterfaces().Append(type).Where(i => i.IsAssignableTo(method.DeclaringType!) || method.DeclaringType!.IsAssignableTo(i))
            .SelectMany(i => i.GetCustomAttributes<HeadersAttribute>())
            .Concat(method.GetCustomAttributes<HeadersAttribute>(true))
            .SelectMany(h => h.Headers)
            .Where(h => !string.IsNullOrWhiteSpace(h));
        foreach (var header in said)
        {
            var colon = header.IndexOf(':');
            headers[(colon < 0 ? header : header[..colon]).Trim()] = colon < 0 ? null : header[(colon + 1)..].Trim();
        }
        return headers;
    }

    private static HttpContent Serialize<T>(IHttpContentSerializer serializer, object? value) => serializer.ToHttpContent((T)value!);
}
