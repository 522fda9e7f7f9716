namespace Spm.Connectors.Hosting.Http;

/// <summary>Which stream a call is made for, so that its own rate limit counts too. Set by the sync engine, read by the HTTP pipeline.</summary>
public static class StreamScope
{
    private static readonly AsyncLocal<string?> Name = new();

    public static string? Current
    {
        get => Name.Value;
        set => Name.Value = value;
    }
}
