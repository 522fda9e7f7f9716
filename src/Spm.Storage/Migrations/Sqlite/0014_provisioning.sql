-- People whom an identity provider provisions by SCIM, and their groups. What is searched for is beside the resource as it was sent.
create table scim_user (
    tenant integer not null,
    id text not null,
    user_key text not null,        -- the userName in lower case
    external_id text,
    manager text,                  -- the id of the user above
    rep text,                      -- the id of the rep who the user is
    left_on text,                  -- the day on which the user has left as a rep; null while active
    body text not null,            -- JSON
    version integer not null,
    created_at integer not null,
    updated_at integer not null,
    primary key (tenant, id)
) without rowid;
create unique index scim_user_by_name on scim_user (tenant, user_key);
create index scim_user_by_external_id on scim_user (tenant, external_id);
create index scim_user_by_manager on scim_user (tenant, manager);
create index scim_user_by_rep on scim_user (tenant, rep);

create table scim_group (
    tenant integer not null,
    id text not null,
    role text,                     -- the role that its members have
    body text not null,            -- JSON, without the members
    version integer not null,
    created_at integer not null,
    updated_at integer not null,
    primary key (tenant, id)
) without rowid;

create table scim_member (
    tenant integer not null,
    scim_group text not null,
    scim_user text not null,
    primary key (tenant, scim_group, scim_user)
) without rowid;
create index scim_member_by_user on scim_member (tenant, scim_user);
