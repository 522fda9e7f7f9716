using Spm.Host;

if (args is ["openapi", var file])
{
    await OpenApiFile.WriteAsync(file);
    return;
}
await SpmHost.Build(args).RunAsync();
