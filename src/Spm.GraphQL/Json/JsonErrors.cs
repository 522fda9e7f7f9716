namespace Spm.GraphQL.Json;

/// <summary>Writes errors as a response carries them.</summary>
internal static class JsonErrors
{
    /// <summary>A list of errors. What an error threw stays here.</summary>
    public static void Write(JsonBuffer output, IEnumerable<GraphQLError> errors)
    {
        output.Byte((byte)'[');
        var first = true;
        foreach (var error in errors)
        {
            if (!first)
            {
                output.Byte((byte)',');
            }
            first = false;
            Write(output, error);
        }
        output.Byte((byte)']');
    }

    private static void Write(JsonBuffer output, GraphQLError error)
    {
        output.Raw("{\"message\":"u8);
        output.String(error.Message);
        if (!error.Locations.IsEmpty)
        {
            output.Raw(",\"locations\":["u8);
            var separator = "{\"line\":"u8;
            foreach (var (line, column) in error.Locations)
            {
                output.Raw(separator);
                output.Number(line);
                output.Raw(",\"column\":"u8);
                output.Number(column);
                output.Byte((byte)'}');
                separator = ",{\"line\":"u8;
            }
            output.Byte((byte)']');
        }
        if (error.Path is not null)
        {
            output.Raw(",\"path\":"u8);
            JsonValue.Write(output, error.Path);
        }
        if (error.Extensions is { Count: > 0 })
        {
            output.Raw(",\"extensions\":"u8);
            JsonValue.Write(output, error.Extensions);
        }
        output.Byte((byte)'}');
    }
}
