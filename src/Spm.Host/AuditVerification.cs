using Spm.Platform.AuditTrail;
using Spm.Storage;

namespace Spm.Host;

/// <summary>`audit verify`: walks the audit trails of a store that no host has open, and names the first entry of each that does not fit.</summary>
internal static class AuditVerification
{
    /// <returns>0 when every trail is sound.</returns>
    public static int Run(string[] args)
    {
        var settings = HostSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build(), isDevelopment: false);
        if (!SpmStore.Exists(settings.Store))
        {
            Console.Error.WriteLine($"There is no store in {settings.Data}: name its folder with --Spm:Data=FOLDER, or its database with --Spm:Store=….");
            return 1;
        }
        using var store = SpmStore.Open(settings.Store);
        return store.ReadSnapshot(session => AuditChain.Tenants(session).Count(tenant => !IsSound(tenant.Id, AuditChain.Verify(session, tenant.Tenant)))) == 0 ? 0 : 1;
    }

    private static bool IsSound(string tenant, AuditVerdict verdict)
    {
        Console.WriteLine(verdict.Sound
            ? $"{tenant}: {verdict.Entries} entries, sound; head {verdict.Head}"
            : $"{tenant}: BROKEN at entry {verdict.BrokenAt}. {verdict.Detail} {verdict.Entries} entries before it are sound.");
        return verdict.Sound;
    }
}
