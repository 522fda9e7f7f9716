using Orleans;
using Spm.Storage;

namespace Spm.Host.Grains;

/// <summary>Failures of a database do not travel with what makes them what they are: a full disk is told as the operating system tells it.</summary>
internal sealed class TravellingFailures : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception failure) when (DiskFull.Is(failure))
        {
            throw DiskFull.Plain(failure.Message);
        }
    }
}
