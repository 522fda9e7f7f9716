using System.Net;
using System.Net.Http.Headers;

namespace Spm.Connectors.Tests.Contract;

public sealed class ContractTests
{
    private sealed record Position(string After, int Page);

    [Fact]
    public void A_checkpoint_reads_what_it_wrote() =>
        Assert.Equal(new Position("ü", 3), Checkpoint.Of(new Position("ü", 3)).Read<Position>());

    [Fact]
    public void A_checkpoint_of_another_version_means_to_read_everything() =>
        Assert.Equal(ErrorKind.CursorExpired, Assert.Throws<ConnectorException>(() => new Checkpoint("[1]").Read<Position>()).Kind);

    [Fact]
    public void A_checkpoint_is_bounded() => Assert.Throws<ArgumentException>(() => new Checkpoint(new string('x', Checkpoint.MaxLength + 1)));

    [Fact]
    public void Every_kind_of_error_has_an_action() => Assert.All(Enum.GetValues<ErrorKind>(), kind => HostActions.For(kind));

    [Theory]
    [InlineData(1099, "eur", "10.99 EUR")]
    [InlineData(-5, "USD", "-0.05 USD")]
    [InlineData(1099, "jpy", "1099 JPY")]
    [InlineData(1099, "KWD", "1.099 KWD")]
    [InlineData(500, "ugx", "5 UGX")]
    [InlineData(500, "isk", "5 ISK")]
    public void Minor_units_become_exact_amounts(long units, string currency, string expected) =>
        Assert.Equal(expected, Money.FromMinorUnits(units, currency).ToString());

    [Fact]
    public void Two_currencies_do_not_add_up() =>
        Assert.Throws<InvalidOperationException>(() => new Money(1, "EUR") + new Money(1, "USD"));

    [Fact]
    public void A_batch_has_every_line_once_in_one_currency()
    {
        var line = new PayoutLine("L1", "E1", new Money(1, "USD"), "2025-01", "commission");
        Assert.Throws<ArgumentException>(() => new WriteBatch("B", []));
        Assert.Throws<ArgumentException>(() => new WriteBatch("B", [line, line]));
        Assert.Throws<ArgumentException>(() => new WriteBatch("B", [line, line with { Id = "L2", Amount = new Money(1, "EUR") }]));
        Assert.Equal(new Money(3, "USD"), new WriteBatch("B", [line, line with { Id = "L2", Amount = new Money(2, "USD") }]).Total);
    }

    [Theory]
    [InlineData(401, null, ErrorKind.Auth)]
    [InlineData(403, null, ErrorKind.Permission)]
    [InlineData(409, null, ErrorKind.Conflict)]
    [InlineData(410, null, ErrorKind.CursorExpired)]
    [InlineData(429, 7, ErrorKind.RateLimited)]
    [InlineData(503, null, ErrorKind.Transient)]
    [InlineData(503, 7, ErrorKind.RateLimited)]
    [InlineData(400, null, ErrorKind.Internal)]
    public async Task A_status_becomes_the_kind_that_decides(int status, int? wait, ErrorKind kind)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.RetryAfter = wait is { } seconds ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) : null;

        var error = Assert.IsType<ConnectorException>(await HttpFailure.OfAsync(response, TimeProvider.System));

        Assert.Equal(kind, error.Kind);
        Assert.Equal(wait, error.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public void A_deletion_has_no_entity_and_a_record_has_one()
    {
        Assert.True(SourceRecord.Gone("1", null).Deleted);
        Assert.False(SourceRecord.Of("1", null, new Reference { Label = "x" }).Deleted);
    }
}
