using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Access;

public sealed class ScopeFirstTests
{
    [Theory]
    [InlineData("{\"no_such_field\":")]
    [InlineData("")]
    public async Task Who_lacks_the_scope_is_told_so_whatever_else_is_wrong_with_the_request(string body)
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        var (calendar, ledger) = (await platform.KeyAsync(scopes: [Scopes.CalendarRead]), await platform.KeyAsync(scopes: [Scopes.LedgerRead]));
        List<string> wrong = [];
        foreach (var operation in Operation.Of(platform))
        {
            var path = operation.Route.Replace("{", "%20", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(operation.Method, $"{path}?no_such_parameter=1&limit=x&limit=y&cursor=%FF");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (operation.Scope == Scopes.CalendarRead ? ledger : calendar).Credential);
            request.Headers.Add("Idempotency-Key", new string('k', 300));
            if (operation.Method != HttpMethod.Get)
            {
                // What media type an operation reads is looked at with the address, before it is known which one it is.
                request.Content = new StringContent(body, Encoding.UTF8, operation.Id == "startImport" ? "text/csv" : operation.Method == HttpMethod.Patch ? MergePatch.MediaType : "application/json");
            }
            using var answer = await platform.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if ((int)answer.StatusCode != 403 || JsonDocument.Parse(text).RootElement.Text("code") != ErrorCodes.Forbidden || !answer.Headers.WwwAuthenticate.ToString().Contains($"scope=\"{operation.Scope}\"", StringComparison.Ordinal))
            {
                wrong.Add($"{operation.Id}: {(int)answer.StatusCode} {text}");
            }
        }
        Assert.Empty(wrong);
    }
}
