using System.Text.Json;
using Spm.Connectors;
using Spm.Platform.Connections.Sinks;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections.Mapping;

/// <summary>Holds a mapping against the streams of its connector, and completes it by what stands there by itself.</summary>
internal static class MappingReader
{
    /// <summary>Everything wrong with a mapping, by its place.</summary>
    public static IReadOnlyList<FieldError> Check(ConnectorManifest connector, IReadOnlyDictionary<string, StreamMapping> mapping)
    {
        List<FieldError> errors = [];
        foreach (var (name, stream) in mapping)
        {
            if (name == PayoutLines.Stream && connector.Kinds.HasFlag(ConnectorKinds.Sink))
            {
                CheckLines(stream, $"mapping/{name}", errors);
                continue;
            }
            if (connector.Stream(name) is not { } known)
            {
                errors.Add(Wrong($"mapping/{name}", $"{connector.Name} has no stream '{name}': {string.Join(", ", connector.Streams.Select(s => s.Name))}."));
                continue;
            }
            Check(connector, known, stream, $"mapping/{name}", errors);
        }
        return errors;
    }

    /// <summary>The mapping of every stream, with what stands there by itself.</summary>
    public static IReadOnlyDictionary<string, StreamMapping> Complete(ConnectorManifest connector, string stored)
    {
        var given = Read(stored);
        var complete = connector.Streams.ToDictionary(s => s.Name, s => Complete(connector, s, given.GetValueOrDefault(s.Name)), StringComparer.Ordinal);
        if (given.TryGetValue(PayoutLines.Stream, out var lines))
        {
            complete[PayoutLines.Stream] = lines;
        }
        return complete;
    }

    public static IReadOnlyDictionary<string, StreamMapping> Read(string stored) =>
        JsonSerializer.Deserialize<Dictionary<string, StreamMapping>>(stored, Json.Stored)!;

    private static StreamMapping Complete(ConnectorManifest connector, StreamManifest stream, StreamMapping? given)
    {
        var otherwise = MappingDefaults.Of(connector, stream);
        if (given is null)
        {
            return otherwise;
        }
        var into = given.Into ?? otherwise.Into!.Value;
        if (into != otherwise.Into)
        {
            // What stands there for another target does not fit: a person of a system with deals becomes a rep as one of any other system does.
            otherwise = MappingDefaults.Of(connector with { Streams = [stream] }, stream);
            otherwise = otherwise.Into == into ? otherwise : new StreamMapping(into);
        }
        var fields = new Dictionary<string, FieldMapping>(otherwise.Fields ?? new Dictionary<string, FieldMapping>(), StringComparer.Ordinal);
        foreach (var (field, mapping) in given.Fields ?? new Dictionary<string, FieldMapping>())
        {
            fields[field] = mapping;
        }
        return new StreamMapping(into, given.Only ?? otherwise.Only, fields);
    }

    private static void CheckLines(StreamMapping given, string at, List<FieldError> errors)
    {
        if (given.Into is not null || given.Only is not null)
        {
            errors.Add(Wrong(at, "Payout lines are mapped by `fields` alone."));
        }
        foreach (var (field, mapping) in given.Fields ?? new Dictionary<string, FieldMapping>())
        {
            if (!PayoutLines.Fields.Contains(field))
            {
                errors.Add(Wrong($"{at}/fields/{field}", $"Of a payout line {string.Join(" and ", PayoutLines.Fields)} are mapped."));
            }
            if (mapping.From is { } from && !PayoutLines.Names.Contains(from) && !from.StartsWith(MappingDefaults.Facts, StringComparison.Ordinal))
            {
                errors.Add(Wrong($"{at}/fields/{field}/from", $"A payout line has {string.Join(", ", PayoutLines.Names)} and {MappingDefaults.Facts}NAME of its rep."));
            }
        }
    }

    private static void Check(ConnectorManifest connector, StreamManifest stream, StreamMapping given, string at, List<FieldError> errors)
    {
        var into = given.Into ?? MappingDefaults.Of(connector, stream).Into!.Value;
        if (!MappingDefaults.Fits(stream.Entity, into))
        {
            var targets = Enum.GetValues<MappingTarget>().Where(t => MappingDefaults.Fits(stream.Entity, t)).Select(EnumNames.Of);
            errors.Add(Wrong($"{at}/into", $"Records of '{stream.Name}' are of the entity {stream.Entity}, and cannot become {EnumNames.Of(into)}: {string.Join(" or ", targets)}."));
        }
        foreach (var (name, texts) in given.Only ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            CheckOnly(stream, name, texts, $"{at}/only/{name}", errors);
        }
        var fields = MappingDefaults.FieldsOf(into);
        foreach (var (field, mapping) in given.Fields ?? new Dictionary<string, FieldMapping>())
        {
            var isFact = fields.Count > 0 && field.StartsWith(MappingDefaults.Facts, StringComparison.Ordinal) && field.Length > MappingDefaults.Facts.Length;
            if (!isFact && !fields.Contains(field))
            {
                errors.Add(Wrong($"{at}/fields/{field}", fields.Count == 0 ? $"A mapping into {EnumNames.Of(into)} sets no fields."
                    : $"'{field}' is not set by a mapping into {EnumNames.Of(into)}: {string.Join(", ", fields)} and facts/NAME."));
            }
            if (mapping is { From: not null, Value: not null })
            {
                errors.Add(Wrong($"{at}/fields/{field}", "Give either `from` or `value`."));
            }
            if (mapping.From is { } from && !EntityTexts.IsName(stream.Entity, from))
            {
                errors.Add(Wrong($"{at}/fields/{field}/from", Unknown(stream, from)));
            }
        }
    }

    /// <summary>A text that no record can have leaves all of them out, and nobody sees it.</summary>
    private static void CheckOnly(StreamManifest stream, string name, IReadOnlyList<string>? texts, string at, List<FieldError> errors)
    {
        if (!EntityTexts.IsName(stream.Entity, name))
        {
            errors.Add(Wrong(at, Unknown(stream, name)));
        }
        if (texts is not { Count: > 0 })
        {
            errors.Add(Wrong(at, "Give at least one text: with none, no record counts."));
            return;
        }
        var words = EntityTexts.Words(stream.Entity, name);
        foreach (var text in texts.Where(t => words?.Contains(t) == false))
        {
            errors.Add(Wrong(at, $"The {name} of the entity {stream.Entity} is never '{text}': {string.Join(", ", words!)}."));
        }
    }

    private static string Unknown(StreamManifest stream, string name) =>
        $"The entity {stream.Entity} has no '{name}': {string.Join(", ", EntityTexts.Names(stream.Entity))}, and {EntityTexts.Own}NAME for the vendor's own.";

    private static FieldError Wrong(string field, string detail) => new(field, ErrorCodes.MappingInvalid, detail);
}
