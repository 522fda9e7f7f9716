namespace Spm.Connectors.Gusto;

/// <summary>Calculates and submits a payroll of our own, both of which take Gusto a while.</summary>
internal sealed class PayrollRun(IGustoApi api, ConnectorContext context, string company, string payroll)
{
    /// <summary>After that the next run of the connection goes on where this one ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>So long a question waits for a payroll that is being submitted.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private bool _calculated;
    private bool _submitted;

    /// <param name="verify">Called once more when everything is calculated and nothing is submitted yet.</param>
    /// <exception cref="ConnectorException">Config: Gusto cannot run it, and says why. Transient: it is still at it.</exception>
    public async Task FinishAsync(Func<Task> verify, CancellationToken cancellationToken)
    {
        var end = context.Clock.GetUtcNow() + Patience;
        var pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            var now = await api.Payroll(company, payroll, 1, 1, cancellationToken);
            if (now.Processed)
            {
                return;
            }
            await StepAsync(now, verify, cancellationToken);
            if (context.Clock.GetUtcNow() > end)
            {
                throw new ConnectorException(ErrorKind.Transient, $"Gusto is still at it ({now.ProcessingRequest?.Status}): the next run goes on with the payroll.");
            }
            await Task.Delay(pause, context.Clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Whether it is on its way to be paid, which nobody can say the end of.</summary>
    public static bool IsSubmitting(Payroll payroll) => !payroll.Processed && payroll.ProcessingRequest?.Status is "submitting" or "submit_success";

    /// <summary>Waits a moment for one that is.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var end = context.Clock.GetUtcNow() + Moment;
        while (IsSubmitting(await api.Payroll(company, payroll, 1, 1, cancellationToken)) && context.Clock.GetUtcNow() < end)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), context.Clock, cancellationToken);
        }
    }

    private async Task StepAsync(Payroll now, Func<Task> verify, CancellationToken cancellationToken)
    {
        switch (now.ProcessingRequest?.Status)
        {
            case "calculating" or "submitting" or "submit_success":
                break;
            case "processing_failed" when _calculated:
                throw new ConnectorException(ErrorKind.Config, $"Gusto cannot run the payroll: {GustoFailure.Text(now.ProcessingRequest.Errors) ?? "it does not say why"}.");
            case "calculate_success" when now.CalculatedAt is not null && !_submitted:
                await verify();
                await AskAsync(() => api.Submit(company, payroll, cancellationToken), cancellationToken);
                (_calculated, _submitted) = (true, true);
                break;
            default:
                if (!_calculated)
                {
                    await AskAsync(() => api.Calculate(company, payroll, cancellationToken), cancellationToken);
                    _calculated = true;
                }
                break;
        }
    }

    /// <summary>What is asked for a second time, as after a lost answer, is refused by Gusto, which is at it already.</summary>
    private async Task AskAsync(Func<Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await ask();
        }
        catch (Exception e) when (HttpFailure.Of(e).Kind == ErrorKind.Config)
        {
            var now = await api.Payroll(company, payroll, 1, 1, cancellationToken);
            if (!now.Processed && now.ProcessingRequest?.Status is not ("calculating" or "submitting" or "submit_success"))
            {
                throw;
            }
        }
    }
}
