using Spectre.Console;
using Spm.Cli.Rendering;
using Spm.Client;
using Spm.Samples;
using Spm.Samples.AdventureWorks;

// Three years of Microsoft's sample bicycle company, loaded through the API and reconciled with its files.
//   dotnet run --project samples/AdventureWorks -- FOLDER                     starts the platform in this process
//   dotnet run --project samples/AdventureWorks -- FOLDER --url URL --key KEY  loads into a running one
if (!AdventureWorksOptions.TryParse(args, out var options))
    return AdventureWorksOptions.Usage();

if (options.Url is { } url)
{
    using var running = new SpmClient(url, options.Key!);
    return await LoadAndReconcileAsync(running, CancellationToken.None);
}

using var data = DataFolder.Temporary();
await using var platform = await PlatformInProcess.StartAsync(data.Path);
using var client = new SpmClient(platform.Url, platform.ApiKey);
return await LoadAndReconcileAsync(client, platform.Stopping);

async Task<int> LoadAndReconcileAsync(SpmClient spm, CancellationToken ct)
{
    var console = Terminal.Create();
    try
    {
        await AdventureWorksLoader.SetUpAsync(spm, options.Folder, ct);
        var imports = AdventureWorksLoader.Imports(spm, options.Folder, ct).Select(import => new ImportStep(import.Entity, import.Run));
        await ImportBars.RunAsync(console, [.. imports]);

        var reconciliation = await AdventureWorksReconciliation.OfAsync(spm, options.Folder, ct);
        console.Write(reconciliation.ToTable());
        return reconciliation.Agrees ? 0 : 1;
    }
    catch (SpmProblemException refused)
    {
        ProblemView.Write(Terminal.CreateForErrors(), refused);
        return 1;
    }
    catch (Exception wrong) when (wrong is InvalidDataException or HttpRequestException or IOException)
    {
        Terminal.CreateForErrors().MarkupLineInterpolated($"[red]error[/] {wrong.Message}");
        return 1;
    }
    catch (OperationCanceledException) when (ct.IsCancellationRequested)
    {
        return 130;
    }
}
