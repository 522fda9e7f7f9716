-- People whom an identity provider provisions by SCIM, and their groups. What is searched for is beside the resource as it was sent.
create table scim_user (
    tenant bigint not null,
    id text collate "C" not null,
    user_key text collate "C" not null,        -- the userName in lower case
    external_id text collate "C",
    manager text collate "C",                  -- the id of the user above
    rep text collate "C",                      -- the id of the rep who the user is
    left_on text collate "C",                  -- the day on which the user has left as a rep; null while active
    body text collate "C" not null,            -- JSON
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (tenant, id)
);
create unique index scim_user_by_name on scim_user (tenant, user_key);
create index scim_user_by_external_id on scim_user (tenant, external_id);
create index scim_user_by_manager on scim_user (tenant, manager);
create index scim_user_by_rep on scim_user (tenant, rep);

create table scim_group (
    tenant bigint not null,
    id text collate "C" not null,
    role text collate "C",                     -- the role that its members have
    body text collate "C" not null,            -- JSON, without the members
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (tenant, id)
);

create table scim_member (
    tenant bigint not null,
    scim_group text collate "C" not null,
    scim_user text collate "C" not null,
    primary key (tenant, scim_group, scim_user)
);
create index scim_member_by_user on scim_member (tenant, scim_user);
