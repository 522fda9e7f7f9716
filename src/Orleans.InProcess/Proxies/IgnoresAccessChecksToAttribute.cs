namespace System.Runtime.CompilerServices;

/// <summary>Known to the runtime by name; the emitted assembly carries it. Not part of the class library.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
