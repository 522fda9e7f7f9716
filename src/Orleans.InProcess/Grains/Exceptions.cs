namespace Orleans.Runtime
{
    /// <summary>The base of what the runtime itself throws. Exceptions of grains arrive with their own type.</summary>
    public class OrleansException : Exception
    {
        /// <inheritdoc cref="OrleansException"/>
        public OrleansException() : base("Unexpected error.") { }

        /// <inheritdoc cref="OrleansException"/>
        public OrleansException(string message) : base(message) { }

        /// <inheritdoc cref="OrleansException"/>
        public OrleansException(string message, Exception innerException) : base(message, innerException) { }
    }

    /// <summary>The call did not reach a grain.</summary>
    public class OrleansMessageRejectionException(string message) : OrleansException(message);

    /// <summary>The host is stopping or has stopped, so that it takes no new calls. Nothing of the call has run.</summary>
    public sealed class SiloUnavailableException(string message) : OrleansMessageRejectionException(message);
}

namespace Orleans.InProcess
{
    /// <summary>
    /// A call would have to wait for itself: it was made, directly or through other grains, by a call which the target has not
    /// finished. It is refused at once; in a cluster it would hang until its time-out.
    /// </summary>
    public sealed class GrainCallCycleException(string message) : InvalidOperationException(message);
}
