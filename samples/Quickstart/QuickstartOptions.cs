namespace Spm.Samples.Quickstart;

/// <summary>The sample's two switches.</summary>
internal sealed record QuickstartOptions(bool Once, string? Data)
{
    public static bool TryParse(string[] args, out QuickstartOptions options)
    {
        options = new QuickstartOptions(Once: false, Data: null);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--once")
                options = options with { Once = true };
            else if (args[i] == "--data" && i + 1 < args.Length && DataFolder.IsNew(args[i + 1]))
                options = options with { Data = args[++i] };
            else
                return false;
        }

        return true;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("usage: Quickstart [--once] [--data FOLDER]   (FOLDER is new or empty)");
        return 1;
    }
}
