using System.Globalization;
using Spm.Bench.Connectors;
using Spm.Bench.Crashes;
using Spm.Bench.GraphQL;
using Spm.Bench.Ingest;
using Spm.Bench.Postgres;
using Spm.Bench.Reference;

switch (args)
{
    case ["ingest", ..]:
        await IngestBench.RunAsync(args.Length > 1 ? int.Parse(args[1]) : 1_000_000);
        return 0;
    case ["reference", "X" or "S" or "M" or "L", ..]:
        return ReferenceBench.Run(args[1], args.Length > 2 ? long.Parse(args[2], CultureInfo.InvariantCulture) : ReferenceSize.Seed);
    case ["postgres", ..]:
        await PostgresBench.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000);
        return 0;
    case ["connectors", ..]:
        await ConnectorBench.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000);
        return 0;
    case ["rep"]:
        return RepBench.Run();
    case ["crashes", var rounds, "hosts", ..]:
        return await HostsBench.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture), args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1);
    case ["crashes"] or ["crashes", _] or ["crashes", _, "sqlite" or "slow" or "postgres", ..]:
        return await CrashBench.RunAsync(
            args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100, args.Length > 2 ? args[2] : "sqlite", args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1);
    case ["graphql", "--serve", var port, ..]:
        return await GraphQLServer.ServeAsync(int.Parse(port, CultureInfo.InvariantCulture), bare: args.Contains("--bare"));
    case ["graphql", .. var servers]:
        return await GraphQLBench.RunAsync(servers);
    default:
        Console.Error.WriteLine("usage: bench/run ingest [ROWS] | postgres [ROWS] | reference X|S|M|L [SEED] | connectors [DEALS] | rep | crashes [ROUNDS] [sqlite|slow|postgres|hosts] [SEED] | graphql [--serve PORT | SERVER…]");
        return 2;
}
