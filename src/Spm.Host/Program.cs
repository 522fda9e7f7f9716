using Spm.Host;

await SpmHost.Build(args).RunAsync();
