using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A record on its way between a grain and a storage.</summary>
    public interface IGrainState<T>
    {
        /// <summary>The value.</summary>
        T? State { get; set; }

        /// <summary>The version; null when there is no record.</summary>
        string? ETag { get; set; }

        /// <summary>Whether the store holds a record.</summary>
        bool RecordExists { get; set; }
    }

    /// <inheritdoc cref="IGrainState{T}"/>
    [GenerateSerializer]
    public sealed class GrainState<T>(T? state, string? eTag) : IGrainState<T>
    {
        /// <summary>A record without a version.</summary>
        public GrainState(T? state) : this(state, null) { }

        /// <summary>No record.</summary>
        public GrainState() : this(default, null) { }

        /// <inheritdoc/>
        [Id(0)] public T? State { get; set; } = state;

        /// <inheritdoc/>
        [Id(1)] public string? ETag { get; set; } = eTag;

        /// <inheritdoc/>
        [Id(2)] public bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>
    /// Where grains keep their records. Register one as a keyed service under the name that grains use. A write or clear whose
    /// ETag is no longer the stored one throws <see cref="InconsistentStateException"/> and changes nothing; a successful one sets
    /// the new ETag and <see cref="IGrainState{T}.RecordExists"/>.
    /// </summary>
    public interface IGrainStorage
    {
        /// <summary>Fills the state; a missing record leaves a fresh value, no ETag, and RecordExists false.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="ReadStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ReadStateAsync(stateName, grainId, grainState);

        /// <summary>Stores the state if the stored version is the state's ETag.</summary>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="WriteStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            WriteStateAsync(stateName, grainId, grainState);

        /// <summary>Removes the record if the stored version is the state's ETag.</summary>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="ClearStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ClearStateAsync(stateName, grainId, grainState);
    }

    /// <summary>
    /// The stored version is not the one the writer had read. When it escapes a grain call the activation ends, so that the next
    /// call reads afresh.
    /// </summary>
    public class InconsistentStateException : OrleansException
    {
        /// <inheritdoc cref="InconsistentStateException"/>
        public InconsistentStateException() { }

        /// <inheritdoc cref="InconsistentStateException"/>
        public InconsistentStateException(string message) : base(message) { }

        /// <inheritdoc cref="InconsistentStateException"/>
        public InconsistentStateException(string message, Exception? innerException) : base(message, innerException!) { }

        /// <inheritdoc cref="InconsistentStateException"/>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException = null)
            : base(errorMsg, storageException!) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        /// <summary>The version in the store, where it is known.</summary>
        public string? StoredEtag { get; }

        /// <summary>The version the writer had.</summary>
        public string? CurrentEtag { get; }

        /// <summary>True until it has ended the activation that met it; a caller it then passes through is not at fault.</summary>
        internal bool IsSourceActivation { get; set; } = true;
    }

    /// <summary>A grain names a storage that is not registered.</summary>
    public sealed class BadProviderConfigException(string message) : OrleansException(message);
}
