using System.Collections;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Refit;

/// <summary>Writes bodies and parts.</summary>
internal static class BodyWriter
{
    public static HttpContent Write(ParameterPlan parameter, object? value, RefitSettings settings)
    {
        var method = parameter.Body?.SerializationMethod ?? BodySerializationMethod.Default;
        return value switch
        {
            HttpContent content => content,
            Stream stream => new StreamContent(new CallersStream(stream)),
            string text when method == BodySerializationMethod.Default => new StringContent(text),
            string text when method == BodySerializationMethod.UrlEncoded =>
                new StringContent(Uri.EscapeDataString(text), Encoding.UTF8, "application/x-www-form-urlencoded"),
            not null when method == BodySerializationMethod.UrlEncoded => FormWriter.Write(value, settings),
            not null when method == BodySerializationMethod.JsonLines =>
                new JsonLinesContent(value is IEnumerable values and not string ? values : new[] { value }, settings.ContentSerializer),
            _ => parameter.Serialize!(settings.ContentSerializer, value),
        };
    }

    public static void AddParts(MultipartFormDataContent to, ParameterPlan parameter, object value, RefitSettings settings)
    {
        if (value is IEnumerable<object> many)
        {
            foreach (var one in many)
            {
                AddPart(to, parameter.Name, one, settings);
            }
            return;
        }
        AddPart(to, parameter.Name, value, settings);
    }

    private static void AddPart(MultipartFormDataContent to, string name, object value, RefitSettings settings)
    {
        switch (value)
        {
            case HttpContent content:
                to.Add(content);
                break;
            case MultipartItem item:
                to.Add(item.ToContent(), item.Name ?? name, item.FileName.Length == 0 ? name : item.FileName);
                break;
            case Stream stream:
                to.Add(new StreamContent(new CallersStream(stream)), name, name);
                break;
            case string text:
                to.Add(new StringContent(text), name);
                break;
            case FileInfo file:
                to.Add(new StreamContent(file.OpenRead()), name, file.Name);
                break;
            case byte[] bytes:
                to.Add(new ByteArrayContent(bytes), name, name);
                break;
            case Guid or DateTime or DateTimeOffset or TimeSpan or DateOnly or TimeOnly:
                to.Add(new StringContent(settings.FormUrlEncodedParameterFormatter.Format(value, null) ?? ""), name);
                break;
            default:
                to.Add(settings.ContentSerializer.ToHttpContent(value), name);
                break;
        }
    }

    /// <summary>One value a line, written as it is sent: the whole is never in memory.</summary>
    private sealed class JsonLinesContent : HttpContent
    {
        private readonly IEnumerable _values;
        private readonly IHttpContentSerializer _serializer;

        public JsonLinesContent(IEnumerable values, IHttpContentSerializer serializer)
        {
            (_values, _serializer) = (values, serializer);
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var value in _values)
            {
                using var content = _serializer.ToHttpContent(value);
                await content.CopyToAsync(stream).ConfigureAwait(false);
                await stream.WriteAsync("\n"u8.ToArray()).ConfigureAwait(false);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
