using System.Globalization;
using Spm.GraphQL.Execution.Plans;
using Spm.GraphQL.Execution.Running;
using Spm.GraphQL.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Resolvers;

namespace Spm.GraphQL.Execution;

/// <summary>Executes a request's query or mutation, or one event of its subscription, and makes the response.</summary>
internal sealed class OperationRun(PreparedRequest prepared, ExecutorOptions options, TimeLimits limits)
{
    private const int LeastCapacity = 1024;

    public static RequestContext ContextOf(GraphQLRequest request, ExecutorOptions options, CancellationToken cancellation) =>
        new(request.Services, request.User, cancellation) { Options = options };

    public ValueTask<ExecutionResult> ExecuteAsync(object? root, CancellationToken cancellation)
    {
        var clock = limits.Start(cancellation);
        var plan = prepared.Plan;
        var output = new JsonBuffer(Math.Max(LeastCapacity, plan.LastLength));
        output.Raw("{\"data\":"u8);
        var run = new Run(plan, prepared.Variables, ContextOf(prepared.Request, options, clock.Token), output);
        try
        {
            if (plan.Operation.Operation == OperationType.Mutation)
            {
                return InTimeAsync(run, clock, SerialAsync(run, root), cancellation);
            }
            var written = Root(run, root);
            if (run.HasLoop)
            {
                return InTimeAsync(run, clock, RestAsync(run, written), cancellation);
            }
            var result = Result(run, written);
            run.Dispose();
            clock.Dispose();
            return new(result);
        }
        catch (Exception thrown) when (Ends(thrown, clock))
        {
            return new(Ended(thrown, run, clock, cancellation));
        }
    }

    private static bool Root(Run run, object? root)
    {
        try
        {
            return run.WriteObject(run.Plan.Selections, root);
        }
        catch (GraphQLException refused)
        {
            run.Report(refused.Errors);
            return false;
        }
    }

    /// <summary>The fields of the root; none when conditions are in error, which leaves nothing to be data.</summary>
    private static FieldPlan[] Fields(Run run)
    {
        try
        {
            return run.Plan.Selections.Fields;
        }
        catch (GraphQLException refused)
        {
            run.Report(refused.Errors);
            run.Root.Null();
            return [];
        }
    }

    private async ValueTask<ExecutionResult> InTimeAsync(Run run, TimeLimits.Clock clock, ValueTask<bool> written, CancellationToken cancellation)
    {
        try
        {
            var result = Result(run, await written.ConfigureAwait(false));
            run.Dispose();
            clock.Dispose();
            return result;
        }
        catch (Exception thrown) when (Ends(thrown, clock))
        {
            return Ended(thrown, run, clock, cancellation);
        }
    }

    private static async ValueTask<bool> RestAsync(Run run, bool written)
    {
        await run.Loop.FinishAsync(run.Request.CancellationToken).ConfigureAwait(false);
        return written;
    }

    /// <summary>The fields of a mutation follow one another, each with all that is selected of it.</summary>
    private static async ValueTask<bool> SerialAsync(Run run, object? root)
    {
        run.Data.Json.Byte((byte)'{');
        var first = true;
        foreach (var field in Fields(run))
        {
            var written = run.WriteRootField(field, root, first);
            first = false;
            if (run.HasLoop)
            {
                await run.Loop.FinishAsync(run.Request.CancellationToken).ConfigureAwait(false);
            }
            if (!written || run.Root.IsNull)
            {
                return false;
            }
        }
        run.Data.Json.Byte((byte)'}');
        return true;
    }

    private ExecutionResult Result(Run run, bool written)
    {
        var isNull = !written || run.Root.IsNull;
        var output = run.Data.Json;
        if (isNull || run.Errors.Count > 0 || run.Data.HasGaps)
        {
            output = Assembled(run, isNull);
        }
        run.Plan.LastLength = output.Length + LeastCapacity;
        if (prepared.Request.ReportCost)
        {
            output.Raw(",\"extensions\":{\"cost\":{\"cost\":"u8);
            output.Number(prepared.Cost);
            output.Raw(",\"maxCost\":"u8);
            output.Number(options.MaxCost);
            output.Raw("}}"u8);
        }
        output.Byte((byte)'}');
        return ExecutionResult.Of(output, [.. run.Errors]);
    }

    /// <summary>Errors come first, as the specification asks for; nulls and late values go to their places.</summary>
    private static JsonBuffer Assembled(Run run, bool isNull)
    {
        var whole = new JsonBuffer(run.Data.Json.Length + LeastCapacity);
        whole.Byte((byte)'{');
        if (run.Errors.Count > 0)
        {
            whole.Raw("\"errors\":"u8);
            JsonErrors.Write(whole, run.Errors);
            whole.Byte((byte)',');
        }
        whole.Raw("\"data\":"u8);
        if (isNull)
        {
            whole.Null();
        }
        else
        {
            run.Data.WriteTo(whole);
        }
        run.Data.Dispose();
        return whole;
    }

    private static bool Ends(Exception thrown, TimeLimits.Clock clock) => thrown is ResponseTooLong || clock.HasRung;

    /// <summary>What is still running is left alone: it was told to stop, and nobody reads what it makes.</summary>
    private ExecutionResult Ended(Exception thrown, Run run, TimeLimits.Clock clock, CancellationToken cancellation)
    {
        clock.Dispose();
        run.Data.Dispose();
        cancellation.ThrowIfCancellationRequested();
        var seconds = limits.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return ExecutionResult.Refused(
            thrown is ResponseTooLong
                ? new GraphQLError($"The response has more than {options.MaxResponseBytes} bytes.") { Extensions = Codes.TooMuch }
                : new GraphQLError($"The request took longer than {seconds} seconds.") { Extensions = Codes.Timeout });
    }
}
