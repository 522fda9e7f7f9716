using Microsoft.AspNetCore.Connections;
using Spm.Host;
using Spm.Platform.Hosts;
using Spm.Storage;

if (args is ["openapi", var document])
{
    await GeneratedFile.WriteAsync(document, GeneratedFile.OpenApiAsync);
    return 0;
}
if (args is ["schema", var definitions])
{
    await GeneratedFile.WriteAsync(definitions, GeneratedFile.SchemaAsync);
    return 0;
}
try
{
    if (args is ["audit", "verify", .. var rest])
    {
        return AuditVerification.Run(rest);
    }
    if (args is ["backup", var to, .. var toArgs])
    {
        return BackupCommands.Backup(to, toArgs);
    }
    if (args is ["restore", var from, .. var fromArgs])
    {
        return BackupCommands.Restore(from, fromArgs);
    }
    if (HostUsage.Answer(args) is { } exit)
    {
        return exit;
    }
    var app = SpmHost.Build(args);
    var upkeep = app.Services.GetRequiredService<HostUpkeep>();
    await app.RunAsync();
    return upkeep.IsLost ? 1 : 0;
}
catch (IOException failure) when (failure.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{failure.Message} Stop what runs there, or give another address: --Urls=http://127.0.0.1:PORT");
    return 1;
}
catch (SettingsException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
catch (StoreException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
