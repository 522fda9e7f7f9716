namespace Spm.Connectors.PayrollCsv;

/// <summary>Opens a folder that payroll takes files from.</summary>
public sealed class PayrollCsvConnector : IConnector
{
    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken)
    {
        var root = context.DropFolder ?? throw new ConnectorException(ErrorKind.Config, "The host gives file connectors no folder: its operator sets Spm:Connectors:DropFolder.");
        var folder = new DirectoryInfo(Path.Combine(root, context.Config.TextOrNull("folder") ?? "payroll"));
        if (folder is { Exists: true, LinkTarget: not null })
        {
            // A link below the host's folder may lead anywhere.
            throw new ConnectorException(ErrorKind.Config, "The folder is a link, and none is followed.") { Field = "/folder" };
        }
        return ValueTask.FromResult<IConnection>(new PayrollCsvConnection(new PayoutFolder(folder, context.Config.TextOrNull("delimiter") ?? ",")));
    }
}
