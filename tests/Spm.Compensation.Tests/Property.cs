using FsCheck;
using FsCheck.Fluent;

namespace Spm.Compensation.Tests;

/// <summary>Runs an FsCheck property; a falsified one fails the test with its smallest counter-example and the seed to replay it.</summary>
public static class Property
{
    public static void Holds<T>(Action<T> law, int runs = 200) => Check(Prop.ForAll(law), runs);

    public static void Holds<T1, T2>(Action<T1, T2> law, int runs = 200) => Check(Prop.ForAll(law), runs);

    public static void Holds<T>(Gen<T> from, Action<T> law, int runs = 200) => Check(Prop.ForAll(from.ToArbitrary(), law), runs);

    private static void Check(FsCheck.Property property, int runs) => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs), property);
}
