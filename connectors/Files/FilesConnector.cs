namespace Spm.Connectors.Files;

/// <summary>Opens a folder.</summary>
public sealed class FilesConnector : IConnector
{
    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IConnection>(new FilesConnection(Folder(context), context.Config.TextOrNull("delimiter") ?? ","));

    /// <summary>The configured folder, which must lie within the one the host gives, and to which no link leads.</summary>
    private static DirectoryInfo Folder(ConnectorContext context)
    {
        var root = context.DropFolder ?? throw new ConnectorException(ErrorKind.Config, "The host gives file connectors no folder: its operator sets Spm:Connectors:DropFolder.");
        var folder = new DirectoryInfo(Path.GetFullPath(Path.Combine(root, context.Config.TextOrNull("folder") ?? ".")));
        var inside = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if (!IsInside(folder.FullName, inside) || LeadsElsewhere(folder, inside))
        {
            throw new ConnectorException(ErrorKind.Config, "The folder lies outside of the one that the host gives.") { Field = "/folder" };
        }
        return folder;
    }

    /// <summary>A link below the host's folder may lead anywhere, so none is followed.</summary>
    private static bool LeadsElsewhere(DirectoryInfo folder, string inside)
    {
        for (var at = folder; at is not null && Path.TrimEndingDirectorySeparator(at.FullName) != inside; at = at.Parent)
        {
            if (at.Exists && at.LinkTarget is not null)
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsInside(string path, string root) =>
        Path.TrimEndingDirectorySeparator(path) == root || path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
