using System.CommandLine;
using Spm.Cli;
using Spm.Cli.Commands;
using Spm.Cli.Plans;

// A command is one file under Commands/; it is added here and nowhere else.
var connection = new Connection();
var root = new RootCommand("Sales performance from the command line: load, look, explain, close.")
{
    ImportCommand.Create(connection),
    RepsCommand.Create(connection),
    PayoutsCommand.Create(connection),
    ExplainCommand.Create(connection),
    ProblemsCommand.Create(connection),
    CloseCommand.Create(connection),
    TrialBalanceCommand.Create(connection),
    PlanCommand.Create(),
};
connection.AddTo(root);
return await root.Parse(args).InvokeAsync();
