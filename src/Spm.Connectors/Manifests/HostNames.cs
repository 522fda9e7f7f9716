namespace Spm.Connectors;

/// <summary>Which host names a manifest allows.</summary>
public static class HostNames
{
    /// <summary>Without case. <c>*.example.com</c> takes every name below it, however deep, and not the name itself.</summary>
    public static bool Match(IEnumerable<string> allowed, string host) => allowed.Any(pattern =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase));
}
