using Npgsql;

namespace Spm.Storage.Postgres;

/// <summary>The connection string of a PostgreSQL database, as Npgsql writes it or as a postgres:// address.</summary>
internal static class PostgresAddress
{
    public static bool IsOne(string store) =>
        IsAddress(store) || store.Split(';').Any(part => part.Split('=')[0].Trim().ToUpperInvariant() is "HOST" or "SERVER");

    /// <exception cref="StoreException">It cannot be read; what it says is not repeated, for there may be a password in it.</exception>
    public static NpgsqlConnectionStringBuilder Read(string store)
    {
        try
        {
            return IsAddress(store) ? FromAddress(new Uri(store)) : new NpgsqlConnectionStringBuilder(store);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            throw new StoreException("The store's connection string cannot be read: give it as `Host=…;Database=…;Username=…` or as `postgres://user@host/database`.");
        }
    }

    private static bool IsAddress(string store) =>
        store.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || store.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder FromAddress(Uri address)
    {
        var user = address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var builder = new NpgsqlConnectionStringBuilder { Host = address.Host, Port = address.IsDefaultPort || address.Port < 0 ? 5432 : address.Port };
        if (address.AbsolutePath.Length > 1)
        {
            builder.Database = Uri.UnescapeDataString(address.AbsolutePath[1..]);
        }
        if (user[0].Length > 0)
        {
            builder.Username = user[0];
        }
        if (user.Length > 1)
        {
            builder.Password = user[1];
        }
        foreach (var option in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = option.Split('=', 2) is [var n, var v] ? (n, Uri.UnescapeDataString(v)) : (option, "true");
            builder[name == "sslmode" ? "SSL Mode" : name.Replace('_', ' ')] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        return builder;
    }
}
