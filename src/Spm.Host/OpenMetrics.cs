using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Spm.Platform.Kernel;

namespace Spm.Host;

/// <summary>
/// Adds up what the meters of the platform, the web server and the runtime say, and writes it as OpenMetrics 1.0 text. The names are those
/// of the instruments with underscores, the unit behind.
/// </summary>
internal sealed class OpenMetrics : IHostedService, IDisposable
{
    public const string MediaType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>Whoever asks for addresses that do not exist must not make series without end.</summary>
    private const int MaxSeries = 5000;

    private static readonly HashSet<string> Meters = new(StringComparer.Ordinal) { Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime" };

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(Family Family, string Tags), Series> _series = new();

    public OpenMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument, Family.Of(instrument));
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Take((Family)family!, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Take((Family)family!, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Take((Family)family!, value, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var series in _series.GroupBy(s => s.Key.Family).OrderBy(g => g.Key.Name, StringComparer.Ordinal))
        {
            series.Key.Write(text);
            foreach (var ((family, tags), one) in series.OrderBy(s => s.Key.Tags, StringComparer.Ordinal))
            {
                one.Write(text, family.Name, tags);
            }
        }
        return text.Append("# EOF\n").ToString();
    }

    private void Take(Family family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (family, Labels(tags));
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= MaxSeries)
            {
                return;
            }
            series = _series.GetOrAdd(key, k => k.Family.Start());
        }
        series.Take(value);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(Name(name)).Append("=\"").Append(Escaped(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }
        return text.ToString();
    }

    private static string Name(string text) => string.Create(text.Length, text, static (chars, from) =>
    {
        for (var i = 0; i < chars.Length; i++)
        {
            chars[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
        }
    });

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>All series of one name. Two meters of the same name make one family.</summary>
    /// <param name="Absolute">The instrument says how much there is, not how much more.</param>
    private sealed record Family(string Name, string Type, string Unit, string Help, bool Absolute)
    {
        public static Family Of(Instrument instrument)
        {
            var (name, kind) = (OpenMetrics.Name(instrument.Name), instrument.GetType().Name.Split('`')[0]);
            var unit = instrument.Unit switch { "s" => "seconds", "By" => "bytes", _ => "" };
            return new Family(
                unit.Length == 0 || name.EndsWith($"_{unit}", StringComparison.Ordinal) ? name : $"{name}_{unit}",
                kind switch { "Histogram" => "histogram", "Counter" or "ObservableCounter" => "counter", _ => "gauge" },
                unit,
                instrument.Description ?? "",
                instrument.IsObservable || kind == "Gauge");
        }

        public Series Start() => Type switch
        {
            "histogram" => new HistogramSeries(),
            "counter" => new SumSeries("_total", Absolute),
            _ => new SumSeries("", Absolute),
        };

        public void Write(StringBuilder text)
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {Name} {Type}\n");
            if (Unit.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"# UNIT {Name} {Unit}\n");
            }
            if (Help.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {Escaped(Help)}\n");
            }
        }
    }

    private abstract class Series
    {
        private protected readonly Lock Gate = new();

        public abstract void Take(double value);

        public abstract void Write(StringBuilder text, string name, string tags);

        private protected static void Line(StringBuilder text, string name, string tags, double value) =>
            text.Append(name).Append(tags.Length == 0 ? "" : $"{{{tags}}}").Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private sealed class SumSeries(string suffix, bool absolute) : Series
    {
        private double _sum;

        public override void Take(double value)
        {
            lock (Gate)
            {
                _sum = absolute ? value : _sum + value;
            }
        }

        public override void Write(StringBuilder text, string name, string tags) => Line(text, name + suffix, tags, _sum);
    }

    private sealed class HistogramSeries : Series
    {
        private static readonly double[] Edges = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

        private readonly long[] _counts = new long[Edges.Length + 1];
        private double _sum;

        public override void Take(double value)
        {
            var bucket = Array.FindIndex(Edges, e => value <= e);
            lock (Gate)
            {
                _counts[bucket < 0 ? Edges.Length : bucket]++;
                _sum += value;
            }
        }

        public override void Write(StringBuilder text, string name, string tags)
        {
            lock (Gate)
            {
                var (count, comma) = (0L, tags.Length == 0 ? "" : ",");
                for (var i = 0; i < _counts.Length; i++)
                {
                    count += _counts[i];
                    Line(text, $"{name}_bucket", $"{tags}{comma}le=\"{(i == Edges.Length ? "+Inf" : Edges[i].ToString("R", CultureInfo.InvariantCulture))}\"", count);
                }
                Line(text, $"{name}_count", tags, count);
                Line(text, $"{name}_sum", tags, _sum);
            }
        }
    }
}
