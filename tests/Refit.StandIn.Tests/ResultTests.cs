using System.Net;
using System.Text;
using System.Text.Json;

namespace Refit.StandIn.Tests;

public sealed record Deal(string Id, decimal Amount, Order Order = Order.NewFirst);

public interface IResults
{
    [Get("/r")]
    Task Nothing();

    [Get("/r")]
    Task<Deal> Object(CancellationToken token = default);

    [Get("/r")]
    ValueTask<Deal> Quick();

    [Get("/r")]
    Task<string> Text();

    [Get("/r")]
    Task<HttpResponseMessage> Raw();

    [Get("/r")]
    Task<Stream> Bytes();

    [Get("/r")]
    Task<ApiResponse<Deal>> Response();

    [Get("/r")]
    Task<IApiResponse<Deal>> Interface();

    [Get("/r")]
    IAsyncEnumerable<Deal?> Many(CancellationToken token = default);

    [Get("/r")]
    [Timeout(50)]
    Task<Deal> Impatient();

    [Head("/r")]
    Task<IApiResponse> Head();
}

public interface IInherits : IResults
{
    [Delete("/own")]
    Task Own();
}

public sealed class ResultTests
{
    private const string Json = """{"ID":"1","amount":"1.50","order":"oldFirst","more":{}}""";

    [Fact]
    public async Task JSON_is_read_without_case_enums_as_texts_and_numbers_from_texts() =>
        Assert.Equal(new Deal("1", 1.50m, Order.OldFirst), await new Wire { Answer = Json }.Client<IResults>().Object());

    [Theory]
    [InlineData("utf-8", "")]
    [InlineData("utf-8", "\uFEFF")]
    [InlineData("utf-16", "")]
    [InlineData("iso-8859-1", "")]
    public async Task JSON_is_read_in_the_charset_that_it_says_and_after_a_byte_order_mark(string charset, string mark) =>
        Assert.Equal("Zoë", (await new Wire { Charset = Encoding.GetEncoding(charset), Answer = mark + """{"id":"Zoë","amount":1}""" }.Client<IResults>().Object()).Id);

    [Fact]
    public async Task A_ValueTask_is_a_Task() => Assert.Equal("1", (await new Wire { Answer = Json }.Client<IResults>().Quick()).Id);

    [Fact]
    public async Task Text_is_what_came() => Assert.Equal(Json, await new Wire { Answer = Json }.Client<IResults>().Text());

    [Fact]
    public async Task A_stream_can_be_read_to_its_end()
    {
        using var reader = new StreamReader(await new Wire { Answer = Json }.Client<IResults>().Bytes());
        Assert.Equal(Json, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task An_empty_answer_is_no_object() => Assert.Null(await new Wire { Answer = "", Status = HttpStatusCode.NoContent }.Client<IResults>().Object());

    [Fact]
    public async Task A_raw_answer_is_never_an_exception()
    {
        using var response = await new Wire { Status = HttpStatusCode.BadRequest, Answer = "no" }.Client<IResults>().Raw();
        Assert.Equal("no", await response.Content.ReadAsStringAsync());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_status_outside_2xx_is_an_exception_with_its_content(bool nothing)
    {
        var client = new Wire { Status = HttpStatusCode.NotFound, Answer = """{"id":"x","amount":0}""" }.Client<IResults>();
        var thrown = await Assert.ThrowsAsync<ApiException>(() => nothing ? client.Nothing() : client.Object());
        Assert.Equal(HttpStatusCode.NotFound, thrown.StatusCode);
        Assert.Equal("x", (await thrown.GetContentAsAsync<Deal>())!.Id);
        Assert.Equal("/base/r", thrown.Uri!.AbsolutePath);
        Assert.Equal(HttpMethod.Get, thrown.HttpMethod);
    }

    [Fact]
    public async Task A_problem_document_is_read()
    {
        var wire = new Wire
        {
            Status = HttpStatusCode.UnprocessableEntity,
            AnswerType = "application/problem+json",
            Answer = """{"title":"Wrong","status":422,"errors":{"amount":["too small"]},"code":"x"}""",
        };
        var thrown = await Assert.ThrowsAsync<ValidationApiException>(() => wire.Client<IResults>().Object());
        Assert.Equal("Wrong", thrown.Content!.Title);
        Assert.Equal(["too small"], thrown.Content.Errors["amount"]);
        Assert.Equal("x", thrown.Content.Extensions["code"].ToString());
    }

    [Fact]
    public async Task An_unreadable_answer_is_an_exception_that_shows_it()
    {
        var thrown = await Assert.ThrowsAsync<ApiException>(() => new Wire { Answer = "<html>" }.Client<IResults>().Object());
        Assert.IsType<JsonException>(thrown.InnerException);
        Assert.Equal("<html>", thrown.Content);
    }

    [Fact]
    public async Task A_broken_connection_is_an_ApiRequestException()
    {
        var broken = new HttpRequestException("broken");
        var thrown = await Assert.ThrowsAsync<ApiRequestException>(() => new Wire { Broken = broken }.Client<IResults>().Object());
        Assert.Same(broken, thrown.InnerException);
    }

    [Fact]
    public async Task An_ApiResponse_tells_success()
    {
        using var response = await new Wire { Answer = Json }.Client<IResults>().Response();
        Assert.True(response.IsSuccessful);
        Assert.Equal("1", response.Content!.Id);
        Assert.Equal("application/json", response.ContentHeaders!.ContentType!.MediaType);
        Assert.Same(response, await response.EnsureSuccessStatusCodeAsync());
    }

    [Fact]
    public async Task An_ApiResponse_tells_failure_instead_of_throwing_it()
    {
        using var response = await new Wire { Status = HttpStatusCode.Conflict, Answer = "busy" }.Client<IResults>().Interface();
        Assert.False(response.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Null(response.Content);
        Assert.True(response.HasResponseError(out var error));
        Assert.Equal("busy", error.Content);
    }

    [Fact]
    public async Task An_ApiResponse_of_an_unreadable_answer_has_a_good_status_and_an_error()
    {
        using var response = await new Wire { Answer = "<html>" }.Client<IResults>().Response();
        Assert.True(response.IsSuccessStatusCode);
        Assert.False(response.IsSuccessful);
        await Assert.ThrowsAsync<ApiException>(() => response.EnsureSuccessfulAsync().AsTask());
    }

    [Fact]
    public async Task An_ApiResponse_without_an_answer_says_so()
    {
        using var response = await new Wire { Broken = new HttpRequestException("broken") }.Client<IResults>().Response();
        Assert.False(response.IsReceived);
        Assert.True(response.HasRequestError(out _));
    }

    [Fact]
    public async Task A_response_may_have_no_content_at_all()
    {
        using var response = await new Wire { Status = HttpStatusCode.NotFound, Answer = "" }.Client<IResults>().Head();
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("[{\"id\":\"1\"},{\"id\":\"2\"}]", "application/json")]
    [InlineData("{\"id\":\"1\"}\n{\"id\":\"2\"}\n", "application/x-ndjson")]
    public async Task Arrays_and_lines_are_streamed(string answer, string type)
    {
        List<string> ids = [];
        await foreach (var deal in new Wire { Answer = answer, AnswerType = type }.Client<IResults>().Many())
        {
            ids.Add(deal!.Id);
        }
        Assert.Equal(["1", "2"], ids);
    }

    [Fact]
    public async Task A_stream_that_fails_throws_when_it_is_read()
    {
        var many = new Wire { Status = HttpStatusCode.Forbidden }.Client<IResults>().Many();
        await Assert.ThrowsAsync<ApiException>(async () => await many.GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task Cancelling_is_cancelled()
    {
        using var source = new CancellationTokenSource(20);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Wire { Delay = TimeSpan.FromSeconds(10) }.Client<IResults>().Object(source.Token));
    }

    [Fact]
    public async Task A_timeout_of_the_method_cancels() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => new Wire { Delay = TimeSpan.FromSeconds(10) }.Client<IResults>().Impatient());

    [Fact]
    public async Task An_exception_factory_decides()
    {
        var settings = new RefitSettings
        {
            ExceptionFactory = r => ValueTask.FromResult<Exception?>(r.IsSuccessStatusCode ? null : new InvalidOperationException("mine")),
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Wire { Status = HttpStatusCode.BadGateway }.Client<IResults>(settings).Object());
    }

    [Fact]
    public async Task Inherited_methods_work()
    {
        var wire = new Wire { Answer = Json };
        await wire.Client<IInherits>().Own();
        Assert.Equal(HttpMethod.Delete, wire.Request.Method);
        Assert.Equal("1", (await wire.Client<IInherits>().Object()).Id);
    }
}
