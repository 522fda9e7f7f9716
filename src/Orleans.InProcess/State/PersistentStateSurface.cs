namespace Orleans.Core
{
    /// <summary>A record that is read, written and cleared as a whole.</summary>
    public interface IStorage
    {
        /// <summary>The version read or written last; null when there is no record.</summary>
        string? Etag { get; }

        /// <summary>Whether the store held a record when it was last asked.</summary>
        bool RecordExists { get; }

        /// <summary>Removes the record, if its version is still <see cref="Etag"/>.</summary>
        Task ClearStateAsync();

        /// <summary>Writes the record, if its version is still <see cref="Etag"/>.</summary>
        Task WriteStateAsync();

        /// <summary>Reads the record, discarding what is in memory.</summary>
        Task ReadStateAsync();

        /// <inheritdoc cref="ClearStateAsync()"/>
        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        /// <inheritdoc cref="WriteStateAsync()"/>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        /// <inheritdoc cref="ReadStateAsync()"/>
        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <inheritdoc cref="IStorage"/>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>The value in memory.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    using Orleans.Core;

    /// <summary>A record of a grain. It is read before <see cref="Grain.OnActivateAsync"/> and written only when asked.</summary>
    public interface IPersistentState<TState> : IStorage<TState>;

    /// <summary>Names the record that a constructor parameter receives.</summary>
    /// <param name="stateName">The record's name, unique within the grain class.</param>
    /// <param name="storageName">The storage, by its key as a service; the default storage when null.</param>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        /// <summary>The record's name.</summary>
        public string StateName { get; } = stateName ?? throw new ArgumentNullException(nameof(stateName));

        /// <summary>The storage's name, or null for the default one.</summary>
        public string? StorageName { get; } = storageName;
    }
}
