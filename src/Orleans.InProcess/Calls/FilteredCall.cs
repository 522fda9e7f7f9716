using System.Reflection;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>A call on its way through the filters, in the order of their registration.</summary>
internal sealed class FilteredCall(GrainCall call, Grain grain, IIncomingGrainCallFilter[] filters) : IIncomingGrainCallContext
{
    int _next;

    public object Grain => grain;

    public GrainId? SourceId => call.Caller?.Target.GrainId;

    public GrainId TargetId => call.Target.GrainId;

    public string InterfaceName => call.Method.Info.DeclaringType!.FullName!;

    public string MethodName => call.Method.Info.Name;

    public MethodInfo InterfaceMethod => call.Method.Info;

    public MethodInfo ImplementationMethod => call.Method.Implementation(grain.GetType());

    public IGrainContext TargetContext => call.Target;

    public object? Result { get; set; }

    public async Task Invoke()
    {
        if (_next < filters.Length)
        {
            await filters[_next++].Invoke(this);
            return;
        }
        var outcome = call.Invoke(grain);
        await outcome;
        Result = call.ResultOf(outcome);
    }
}

/// <summary>A filter given as a delegate.</summary>
internal sealed class DelegateFilter(IncomingGrainCallFilterDelegate filter) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => filter(context);
}
