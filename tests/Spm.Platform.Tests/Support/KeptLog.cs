using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Spm.Platform.Tests.Support;

/// <summary>What is logged, line by line.</summary>
internal sealed class KeptLog : ILoggerProvider, ILogger
{
    public ConcurrentBag<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));

    public void Dispose()
    {
    }
}
