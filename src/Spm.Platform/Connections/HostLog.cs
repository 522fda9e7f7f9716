using Microsoft.Extensions.Logging;
using Spm.Connectors;
using Level = Microsoft.Extensions.Logging.LogLevel;

namespace Spm.Platform.Connections;

/// <summary>What connectors tell, in the host's log.</summary>
internal sealed partial class HostLog(ILogger log, string connection) : IConnectorLog
{
    public void Write(Spm.Connectors.LogLevel level, string message) => Said(
        log,
        level switch { Spm.Connectors.LogLevel.Debug => Level.Debug, Spm.Connectors.LogLevel.Info => Level.Information, _ => Level.Warning },
        connection,
        message);

    [LoggerMessage("{Connection}: {Message}")]
    private static partial void Said(ILogger logger, Level level, string connection, string message);
}
