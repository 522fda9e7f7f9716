namespace Refit;

/// <summary>
/// Headers that never change, as <c>Name: value</c>. Those of the method win over those of the interface. A name without a colon takes
/// the header away; a name with nothing after the colon sends it empty. <c>Authorization: Bearer</c> is completed by
/// <see cref="RefitSettings.AuthorizationHeaderValueGetter"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method)]
public sealed class HeadersAttribute(params string[] headers) : Attribute
{
    public string[] Headers { get; } = headers ?? [];
}

/// <summary>The request is multipart/form-data; parameters that are nothing else are its parts.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MultipartAttribute(string boundaryText = "----MyGreatBoundary") : Attribute
{
    public string BoundaryText { get; } = boundaryText;
}

/// <summary>The whole call may take this long, in milliseconds; then it is cancelled.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TimeoutAttribute(int milliseconds) : Attribute
{
    public int Milliseconds { get; } = milliseconds;
}
