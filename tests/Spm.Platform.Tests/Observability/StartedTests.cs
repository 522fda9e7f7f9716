using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Observability;

public sealed partial class StartedTests
{
    [Fact]
    public async Task A_host_says_where_it_is_once_it_can_be_reached_there()
    {
        using var reader = new Reader();

        await using var platform = await TestPlatform.StartAsync(configure: builder => builder.Logging.AddProvider(reader).AddFilter<Reader>("Spm.Host.Bootstrap", LogLevel.Information));

        Assert.Equal([platform.Http.BaseAddress!.Port], reader.Reached);
    }

    /// <summary>Takes what is logged at its word, at once.</summary>
    private sealed partial class Reader : ILoggerProvider, ILogger
    {
        public List<int> Reached { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Address().Match(formatter(state, exception)) is { Success: true } told)
            {
                var port = int.Parse(told.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
                using var client = new TcpClient("127.0.0.1", port);
                Reached.Add(port);
            }
        }

        public void Dispose()
        {
        }

        [GeneratedRegex(@"^Spm at http://127\.0\.0\.1:(\d+),")]
        private static partial Regex Address();
    }
}
