namespace Orleans.Runtime
{
    /// <summary>
    /// The stable name of a grain class: what <see cref="GrainTypeAttribute"/> says, or else the class name in lower case without
    /// its ending "Grain". It is part of the key under which state is stored.
    /// </summary>
    public readonly struct GrainType : IEquatable<GrainType>, IComparable<GrainType>
    {
        /// <summary>The type of that name.</summary>
        public GrainType(IdSpan id) => Value = id;

        /// <summary>The name.</summary>
        public IdSpan Value { get; }

        /// <summary>True for the value that names no class.</summary>
        public bool IsDefault => Value.IsDefault;

        /// <summary>The type of that name.</summary>
        public static GrainType Create(string value) => new(IdSpan.Create(value));

        /// <inheritdoc/>
        public bool Equals(GrainType other) => Value.Equals(other.Value);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => Value.GetHashCode();

        /// <inheritdoc/>
        public int CompareTo(GrainType other) => Value.CompareTo(other.Value);

        /// <summary>Ordinal equality.</summary>
        public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

        /// <summary>Ordinal inequality.</summary>
        public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);

        /// <inheritdoc/>
        public override string ToString() => Value.ToString();
    }
}

namespace Orleans
{
    /// <summary>Names a grain class for storage, so that renaming the class loses nothing.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        internal string Name { get; } = grainType;
    }
}
