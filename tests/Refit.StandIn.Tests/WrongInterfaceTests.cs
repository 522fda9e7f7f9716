#if !UPSTREAM
namespace Refit.StandIn.Tests;

/// <summary>What Refit refuses when it compiles or at the first call, the stand-in refuses when the client is made, all at once.</summary>
public sealed class WrongInterfaceTests
{
    public interface INoAttribute
    {
        Task Nothing();
    }

    public interface INoParameter
    {
        [Get("/a/{id}")]
        Task A(string other);

        [Get("b")]
        Task B();
    }

    public interface ITwoBodies
    {
        [Post("/a")]
        Task A([Body] string a, [Body] string b);
    }

    public interface ITwoObjects
    {
        [Post("/a")]
        Task A(Key a, Key b);
    }

    public interface IWrongResult
    {
        [Get("/a")]
        string A();
    }

    public interface ITwoTokens
    {
        [Get("/a")]
        Task A(CancellationToken a, CancellationToken b);
    }

    public interface IBodyInParts
    {
        [Multipart]
        [Post("/a")]
        Task A([Body] Key key);
    }

    public interface IHeadersOfNumbers
    {
        [Get("/a")]
        Task A([HeaderCollection] IDictionary<string, int> headers);
    }

    [Theory]
    [InlineData(typeof(INoAttribute), "INoAttribute.Nothing: It has none of the attributes")]
    [InlineData(typeof(INoParameter), "URL /a/{id} has parameter id, but no method parameter matches")]
    [InlineData(typeof(INoParameter), "INoParameter.B: URL path b must start with '/'")]
    [InlineData(typeof(ITwoBodies), "Only one parameter can be a Body parameter")]
    [InlineData(typeof(ITwoObjects), "Multiple complex types found")]
    [InlineData(typeof(IWrongResult), "it must return Task")]
    [InlineData(typeof(ITwoTokens), "can only contain a single CancellationToken")]
    [InlineData(typeof(IBodyInParts), "Multipart requests may not contain a Body parameter")]
    [InlineData(typeof(IHeadersOfNumbers), "is not assignable from IDictionary<string, string>")]
    public void An_interface_that_cannot_work_is_refused_when_its_client_is_made(Type type, string because)
    {
        var thrown = Assert.Throws<ArgumentException>(() => RestService.For(type, new HttpClient { BaseAddress = new Uri(Wire.Base) }));
        Assert.Contains(because, thrown.Message, StringComparison.Ordinal);
    }
}
#endif
