using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Http;

/// <summary>A platform whose grains are asked and do not answer in time.</summary>
public sealed class LateAnswerTests
{
    [Fact]
    public async Task A_request_that_a_grain_does_not_answer_in_time_is_told_to_come_again()
    {
        var late = new Switch();
        await using var platform = await TestPlatform.StartAsync(configure: builder =>
        {
            var grains = builder.Services.Last(d => d.ServiceType == typeof(IGrainFactory));
            builder.Services.AddSingleton(services => Late.Over(
                (IGrainFactory)(grains.ImplementationFactory?.Invoke(services) ?? ActivatorUtilities.CreateInstance(services, grains.ImplementationType!)), late));
        });
        await SmallCompany.CreateAsync(platform);
        var rep = (await platform.ListAsync("/v1/reps"))[0].Text("id");
        late.IsSo = true;

        var answer = await platform.GetAsync($"/v1/reps/{rep}/live?period=2025-01");
        var graph = await platform.PostAsync("/graphql", """{"query":"{ reps(first: 1) { nodes { live(period: \"2025-01\") { periods { payout { amount } } } } } }"}""");

        Assert.Equal("answer_late", answer.Expect(503).Code);
        Assert.Equal("1", answer.Headers["Retry-After"]);
        Assert.Contains("answer_late", graph.Text);
        Assert.DoesNotContain("internal_error", graph.Text);
        late.IsSo = false;
        (await platform.GetAsync($"/v1/reps/{rep}/live?period=2025-01")).Expect(200);
    }

    private sealed class Switch
    {
        public bool IsSo { get; set; }
    }

    private class Late : DispatchProxy
    {
        private IGrainFactory _grains = null!;
        private Switch _late = null!;

        public static IGrainFactory Over(IGrainFactory grains, Switch late)
        {
            var proxy = Create<IGrainFactory, Late>();
            ((Late)(object)proxy)._grains = grains;
            ((Late)(object)proxy)._late = late;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            _late.IsSo ? throw new TimeoutException("The grain has not answered.") : targetMethod!.Invoke(_grains, args);
    }
}
