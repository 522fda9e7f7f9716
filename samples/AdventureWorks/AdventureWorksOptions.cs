namespace Spm.Samples.AdventureWorks;

/// <summary>The folder of CSV files, and the platform to load them into when it is not to be started here.</summary>
internal sealed record AdventureWorksOptions(string Folder, Uri? Url, string? Key)
{
    public static bool TryParse(string[] args, out AdventureWorksOptions options)
    {
        options = new AdventureWorksOptions("", null, Environment.GetEnvironmentVariable("SPM_API_KEY"));
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            if (args[i] == "--url" && Uri.TryCreate(value, UriKind.Absolute, out var url))
                (options, i) = (options with { Url = url }, i + 1);
            else if (args[i] == "--key" && value is not null)
                (options, i) = (options with { Key = value }, i + 1);
            else if (options.Folder.Length == 0 && Directory.Exists(args[i]))
                options = options with { Folder = args[i] };
            else
                return false;
        }

        return options.Folder.Length > 0 && (options.Url is null || !string.IsNullOrWhiteSpace(options.Key));
    }

    public static int Usage()
    {
        Console.Error.WriteLine("usage: AdventureWorks FOLDER [--url URL --key KEY]   (FOLDER is there; the key may come from SPM_API_KEY)");
        return 1;
    }
}
