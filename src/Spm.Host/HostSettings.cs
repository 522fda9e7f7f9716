namespace Spm.Host;

/// <summary>The host's configuration, checked when it starts.</summary>
public sealed record HostSettings(string Data, string? BootstrapApiKey, string Urls)
{
    public static HostSettings Read(IConfiguration configuration)
    {
        var key = configuration["Spm:Bootstrap:ApiKey"];
        if (key is not null && (!key.StartsWith(Platform.Tenants.ApiKeys.Prefix, StringComparison.Ordinal) || key.Length < 24))
        {
            throw new InvalidOperationException("Spm:Bootstrap:ApiKey must begin with spm_ and have at least 24 characters.");
        }
        var data = configuration["Spm:Data"] is { Length: > 0 } folder ? folder : "data";
        return new HostSettings(Path.GetFullPath(data), key, configuration["Urls"] ?? "http://127.0.0.1:5080");
    }
}
