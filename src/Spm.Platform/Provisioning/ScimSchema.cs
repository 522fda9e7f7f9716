namespace Spm.Platform.Provisioning;

internal enum ScimType : byte
{
    Text,
    Truth,
    Instant,
    Complex,
}

/// <summary>An attribute that is kept, as RFC 7643, section 7 describes one.</summary>
/// <param name="Parts">Sub-attributes of a complex one.</param>
internal sealed record ScimAttribute(string Name, ScimType Type, string Description, params IReadOnlyList<ScimAttribute> Parts)
{
    public bool IsMany { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Said by the platform: what is sent is passed over.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Upper and lower case are told apart.</summary>
    public bool IsExact { get; init; }

    public bool IsUnique { get; init; }

    public ScimAttribute? Part(string name) => Parts.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

internal sealed record ScimSchema(string Id, string Name, string Description, IReadOnlyList<ScimAttribute> Attributes)
{
    public ScimAttribute? Find(string name) => Attributes.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A kind of resource: users or groups. The one list of what is kept of each; whatever else a provider sends is passed over.</summary>
internal sealed record ScimKind(string Name, string Collection, ScimSchema Core, IReadOnlyList<ScimSchema> Extensions)
{
    public const string EnterpriseId = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    public const string RepId = "urn:spm:params:scim:schemas:extension:compensation:2.0:User";
    public const string RoleId = "urn:spm:params:scim:schemas:extension:compensation:2.0:Group";

    /// <summary>What every resource has besides its schemas' attributes: RFC 7643, section 3.1.</summary>
    private static readonly IReadOnlyList<ScimAttribute> Common =
    [
        new("id", ScimType.Text, "The platform's id.") { IsReadOnly = true, IsExact = true },
        new("externalId", ScimType.Text, "The provider's id.") { IsExact = true },
        new("meta", ScimType.Complex, "When it was made and changed.", new("created", ScimType.Instant, ""), new("lastModified", ScimType.Instant, ""), new("version", ScimType.Text, "") { IsExact = true }) { IsReadOnly = true },
    ];

    public static ScimKind User { get; } = new("User", "Users",
        new ScimSchema("urn:ietf:params:scim:schemas:core:2.0:User", "User", "A person who signs in.",
        [
            new("userName", ScimType.Text, "What the person signs in with: the claim Spm:Auth:UserClaim of their tokens.") { IsRequired = true, IsUnique = true },
            new("name", ScimType.Complex, "The person's name.", new("formatted", ScimType.Text, "The whole name."), new("givenName", ScimType.Text, "The first name."), new("familyName", ScimType.Text, "The last name.")),
            new("displayName", ScimType.Text, "The name that is shown."),
            new("title", ScimType.Text, "The job title."),
            new("active", ScimType.Truth, "False: the person may not come in, and has left as a rep."),
            new("emails", ScimType.Complex, "Addresses.", new("value", ScimType.Text, "The address."), new("type", ScimType.Text, "work, home or other."), new("primary", ScimType.Truth, "One of them at most.")) { IsMany = true },
            new("roles", ScimType.Complex, "Roles of the platform by their names; others are kept and mean nothing.", new("value", ScimType.Text, "The role's name."), new("display", ScimType.Text, ""), new("type", ScimType.Text, ""), new("primary", ScimType.Truth, "")) { IsMany = true },
            new("groups", ScimType.Complex, "The groups that the user is a member of.", new("value", ScimType.Text, "The group's id.") { IsExact = true }, new("display", ScimType.Text, "The group's name.")) { IsMany = true, IsReadOnly = true },
        ]),
        [
            new ScimSchema(EnterpriseId, "EnterpriseUser", "The person as an employee.",
            [
                new("employeeNumber", ScimType.Text, "External id of the rep who the user is.") { IsExact = true },
                new("manager", ScimType.Complex, "The user above.", new ScimAttribute("value", ScimType.Text, "The manager's user id.") { IsExact = true }),
            ]),
            new ScimSchema(RepId, "CompensationUser", "The person as a rep.", [new("rep", ScimType.Text, "Id of the rep who the user is.") { IsReadOnly = true, IsExact = true }]),
        ]);

    public static ScimKind Group { get; } = new("Group", "Groups",
        new ScimSchema("urn:ietf:params:scim:schemas:core:2.0:Group", "Group", "Users together.",
        [
            new("displayName", ScimType.Text, "The group's name. That of a role gives the role to the members.") { IsRequired = true },
            new("members", ScimType.Complex, "Users.", new("value", ScimType.Text, "The user's id.") { IsExact = true }, new("display", ScimType.Text, "The user's name.") { IsReadOnly = true }) { IsMany = true },
        ]),
        [new ScimSchema(RoleId, "CompensationGroup", "The group as a role.", [new("role", ScimType.Text, "The role that members have by the group's name.") { IsReadOnly = true, IsExact = true }])]);

    public static IReadOnlyList<ScimKind> All { get; } = [User, Group];

    public IEnumerable<ScimSchema> Schemas => [Core, .. Extensions];

    /// <summary>An attribute by its name, which may begin with its schema's: RFC 7644, section 3.10.</summary>
    /// <returns>The attribute, and the schema whose object holds it; null where it stands in the resource itself.</returns>
    public (ScimAttribute Attribute, string? Holder)? Find(string name)
    {
        foreach (var schema in Schemas)
        {
            var isCore = schema == Core;
            if (name.StartsWith(schema.Id + ":", StringComparison.OrdinalIgnoreCase))
            {
                return (schema.Find(name[(schema.Id.Length + 1)..]) ?? (isCore ? Shared(name[(schema.Id.Length + 1)..]) : null)) is { } own ? (own, isCore ? null : schema.Id) : null;
            }
        }
        return (Core.Find(name) ?? Shared(name)) is { } attribute ? (attribute, null) : null;
    }

    public ScimSchema? Extension(string name) => Extensions.FirstOrDefault(e => e.Id.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static ScimAttribute? Shared(string name) => Common.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
