using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Xunit;
using Spm.Connectors.Tests.Fake;

namespace Spm.Connectors.Tests.Conformance;

public sealed class AcmeConformance() : ConnectorConformance(new AcmeSubject());

/// <summary>The kit is worth what it notices: a correct connector that is spoilt in one place fails, by the rule it breaks.</summary>
public sealed class MutationTests
{
    [Theory]
    [InlineData(Mutation.DropsAPage, "A_full_read_gives_every_record_with_its_text_unharmed")]
    [InlineData(Mutation.ChecksPointsEarly, "A_run_resumed_from_any_checkpoint_gives_the_same_set")]
    [InlineData(Mutation.ChecksPointsEarly, "A_run_killed_anywhere_goes_on_without_loss_or_double")]
    [InlineData(Mutation.Swallows429, "A_429_ends_the_read_as_rate_limited_with_the_vendors_wait")]
    [InlineData(Mutation.LogsASecret, "No_secret_is_ever_written_into_the_log_or_an_error")]
    [InlineData(Mutation.LogsASecretInTheCheck, "No_secret_is_ever_written_into_the_log_or_an_error")]
    [InlineData(Mutation.ChecksNothing, "Refused_credentials_are_found_by_the_check")]
    [InlineData(Mutation.PutsASecretIntoAnError, "No_secret_is_ever_written_into_the_log_or_an_error")]
    [InlineData(Mutation.ForgetsDeletions, "A_deletion_is_seen_as_the_manifest_says")]
    [InlineData(Mutation.LosesUnicode, "A_full_read_gives_every_record_with_its_text_unharmed")]
    [InlineData(Mutation.KeepsEverythingInMemory, "Memory_is_flat_however_much_is_read")]
    [InlineData(Mutation.PaysAgain, "A_batch_written_twice_pays_once_and_its_totals_agree")]
    [InlineData(Mutation.TakesALostAnswerForARefusal, "A_write_whose_answer_is_lost_is_unknown_until_asked_and_pays_once")]
    [InlineData(Mutation.CallsAuthTransient, "A_401_ends_the_read_as_refused_credentials")]
    [InlineData(Mutation.ReadsAPageForEver, "A_full_read_gives_every_record_with_its_text_unharmed")]
    [InlineData(Mutation.ReadsTimesAsLocal, "A_read_gives_the_same_in_every_time_zone")]
    [InlineData(Mutation.TellsTheTimeOfTheRead, "A_page_that_comes_twice_changes_nothing")]
    [InlineData(Mutation.TakesCentsForUnits, "Amounts_are_those_of_the_vendor")]
    [InlineData(Mutation.CannotBeCancelled, "A_read_ends_where_it_is_cancelled")]
    [InlineData(Mutation.LogsASecretOfAWebhook, "No_secret_is_ever_written_into_the_log_or_an_error")]
    [InlineData(Mutation.LogsASecretOfAWrite, "No_secret_is_ever_written_into_the_log_or_an_error")]
    public async Task A_mutation_of_a_correct_connector_is_noticed(Mutation mutation, string check)
    {
        var result = await ConformanceKit.RunAsync(new AcmeSubject(mutation), check);
        Assert.True(result.Status == CheckStatus.Failed, $"{mutation} was not noticed: {result.Detail}");
    }

    [Theory]
    [InlineData(Mutation.None, CheckStatus.Passed)]
    [InlineData(Mutation.StopsAfterALongPage, CheckStatus.Failed)]
    public async Task A_page_of_more_records_than_other_checks_read_hides_no_lost_one(Mutation mutation, CheckStatus status)
    {
        var result = await ConformanceKit.RunAsync(new AcmeSubject(mutation, pageSize: 1_000), "A_stream_of_long_pages_is_read_to_its_end");
        Assert.True(result.Status == status, $"{mutation}: {result.Detail}");
    }
}
