using Spm.Bench.Ingest;

switch (args)
{
    case ["ingest", ..]:
        await IngestBench.RunAsync(args.Length > 1 ? int.Parse(args[1]) : 1_000_000);
        return 0;
    default:
        Console.Error.WriteLine("usage: bench/run ingest [ROWS]");
        return 2;
}
