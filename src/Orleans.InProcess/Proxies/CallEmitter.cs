using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.InProcess;

/// <summary>Emits the class of one method's calls: a field per argument, and an <c>Invoke</c> that passes them to the grain.</summary>
internal static class CallEmitter
{
    const MethodAttributes Override = MethodAttributes.Assembly | MethodAttributes.Virtual | MethodAttributes.HideBySig;
    const BindingFlags Inherited = BindingFlags.Instance | BindingFlags.NonPublic;

    internal static Type Emit(ModuleBuilder module, MethodInfo method, int number)
    {
        var name = $"{method.DeclaringType!.FullName}.{method.Name}Call{number}";
        var call = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, BaseOf(method.ReturnType));
        var arguments = method.GetParameters()
            .Select((parameter, i) => call.DefineField($"_{i}", parameter.ParameterType, FieldAttributes.Private)).ToArray();
        EmitConstructor(call, arguments);
        EmitInvoke(call, method, arguments);
        var description = EmitMethodProperty(call);
        if (arguments.FirstOrDefault(argument => argument.FieldType == typeof(CancellationToken)) is { } token) EmitToken(call, token);

        var type = call.CreateType();
        type.GetField(description.Name)!.SetValue(null, new GrainMethod(method));
        return type;
    }

    static Type BaseOf(Type answer) =>
        answer.IsGenericType ? typeof(ValueCall<>).MakeGenericType(answer.GenericTypeArguments) : typeof(VoidCall);

    static void EmitConstructor(TypeBuilder call, FieldInfo[] arguments)
    {
        var types = arguments.Select(field => field.FieldType).ToArray();
        var il = call.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, types).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, call.BaseType!.GetConstructors(Inherited)[0]);
        for (var i = 0; i < arguments.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            il.Emit(OpCodes.Stfld, arguments[i]);
        }
        il.Emit(OpCodes.Ret);
    }

    static void EmitInvoke(TypeBuilder call, MethodInfo method, FieldInfo[] arguments)
    {
        var il = call.DefineMethod(nameof(GrainCall.Invoke), Override, typeof(Task), [typeof(Grain)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var argument in arguments)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, argument);
        }
        il.Emit(OpCodes.Callvirt, method);
        EmitAsTask(il, method.ReturnType);
        il.Emit(OpCodes.Ret);
    }

    static void EmitAsTask(ILGenerator il, Type answer)
    {
        if (answer == typeof(void)) il.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        if (!answer.IsValueType || answer == typeof(void)) return;
        var local = il.DeclareLocal(answer);
        il.Emit(OpCodes.Stloc, local);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Call, answer.GetMethod(nameof(ValueTask.AsTask))!);
    }

    /// <summary>The method's description is a static field: it is the same for all calls and need not be in each.</summary>
    static FieldInfo EmitMethodProperty(TypeBuilder call)
    {
        var description = call.DefineField("Description", typeof(GrainMethod), FieldAttributes.Public | FieldAttributes.Static);
        var il = call.DefineMethod($"get_{nameof(GrainCall.Method)}", Override, typeof(GrainMethod), []).GetILGenerator();
        il.Emit(OpCodes.Ldsfld, description);
        il.Emit(OpCodes.Ret);
        return description;
    }

    static void EmitToken(TypeBuilder call, FieldInfo token)
    {
        var il = call.DefineMethod($"get_{nameof(GrainCall.Token)}", Override, typeof(CancellationToken), []).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, token);
        il.Emit(OpCodes.Ret);
    }
}
