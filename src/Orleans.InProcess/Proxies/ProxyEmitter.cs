using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.InProcess;

/// <summary>
/// Emits, per interface, a reference class whose methods put their arguments into a call object and send it; and, per method, the
/// class of that object, which calls the grain's method directly. No reflection and no boxing happens in a call.
/// </summary>
internal static class ProxyEmitter
{
    static readonly Lock Gate = new();
    static readonly HashSet<string> Opened = [];
    static readonly AssemblyBuilder Assembly =
        AssemblyBuilder.DefineDynamicAssembly(new("Orleans.InProcess.Proxies"), AssemblyBuilderAccess.Run);
    static readonly ModuleBuilder Module = Assembly.DefineDynamicModule("Proxies");
    static readonly ConstructorInfo ProxyBase = typeof(Proxy).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0];
    static readonly MethodInfo Send = typeof(Proxy).GetMethod(nameof(Proxy.Send), BindingFlags.Instance | BindingFlags.NonPublic)!;
    static int _count;

    internal static Type Emit(Type grainInterface)
    {
        GrainInterface.Check(grainInterface);
        lock (Gate)
        {
            Open(typeof(Proxy).Assembly);
            Open(grainInterface.Assembly);
            var name = $"{grainInterface.FullName}.Reference{_count++}";
            var proxy = Module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(Proxy), [grainInterface]);
            EmitConstructor(proxy);
            foreach (var method in GrainInterface.Methods(grainInterface)) EmitMethod(proxy, method, CallEmitter.Emit(Module, method, _count++));
            return proxy.CreateType();
        }
    }

    /// <summary>Lets emitted code see what is internal to that assembly: the bases here, and grain interfaces anywhere.</summary>
    static void Open(Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        if (!Opened.Add(name)) return;
        var constructor = typeof(IgnoresAccessChecksToAttribute).GetConstructors()[0];
        Assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [name]));
    }

    static void EmitConstructor(TypeBuilder proxy)
    {
        var il = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(GrainClass), typeof(string)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, ProxyBase);
        il.Emit(OpCodes.Ret);
    }

    static void EmitMethod(TypeBuilder proxy, MethodInfo method, Type call)
    {
        var parameters = method.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        var body = proxy.DefineMethod($"{method.DeclaringType!.Name}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType, parameters);
        var il = body.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        for (var i = 0; i < parameters.Length; i++) il.Emit(OpCodes.Ldarg, (short)(i + 1));
        il.Emit(OpCodes.Newobj, call.GetConstructors()[0]);
        il.Emit(OpCodes.Call, Send);
        EmitReturn(il, method.ReturnType);
        proxy.DefineMethodOverride(body, method);
    }

    static void EmitReturn(ILGenerator il, Type answer)
    {
        if (answer == typeof(void)) il.Emit(OpCodes.Pop);
        else if (answer == typeof(ValueTask)) il.Emit(OpCodes.Newobj, typeof(ValueTask).GetConstructor([typeof(Task)])!);
        else if (answer.IsGenericType)
        {
            var task = typeof(Task<>).MakeGenericType(answer.GenericTypeArguments);
            il.Emit(OpCodes.Castclass, task);
            if (answer.GetGenericTypeDefinition() == typeof(ValueTask<>)) il.Emit(OpCodes.Newobj, answer.GetConstructor([task])!);
        }
        il.Emit(OpCodes.Ret);
    }
}
