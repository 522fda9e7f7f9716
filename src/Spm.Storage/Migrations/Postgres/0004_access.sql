-- API keys as a resource: what of a key may be shown, what it may do and until when. Of the secret only hashes are kept: the current
-- one, and after a rotation the one before for as long as the two overlap.
alter table api_key add column prefix text collate "C" not null default '';
alter table api_key add column roles text collate "C" not null default '';
alter table api_key add column rep text collate "C";
alter table api_key add column created_by text collate "C" not null default '';
alter table api_key add column expires_at bigint;
alter table api_key add column last_used_at bigint;
alter table api_key add column previous_hash bytea;
alter table api_key add column previous_until bigint;
create unique index api_key_by_previous on api_key (previous_hash) where previous_hash is not null;
create index api_key_by_tenant on api_key (tenant, created_at, id);

-- Who put a payout into review or made a batch: they do not approve it.
create table submitter (
    tenant bigint not null,
    subject text collate "C" not null,         -- the id of the payout or batch
    credential text collate "C" not null,
    owner text collate "C" not null,           -- the credential that made it; itself for a person
    at bigint not null,
    primary key (tenant, subject)
);

-- The audit trail: entries of a tenant count from 1 without a gap, each hashed together with the one before. Tenant 0 is the operator.
create table audit (
    tenant bigint not null,
    no bigint not null,
    at bigint not null,
    actor text collate "C" not null,
    action text collate "C" not null,
    subject text collate "C" not null,
    request text collate "C" not null,
    state_before text collate "C",
    state_after text collate "C",
    hash bytea not null,
    primary key (tenant, no)
);
create index audit_by_subject on audit (tenant, subject, no);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is append-only';
end $$;
create trigger audit_is_not_changed before update on audit for each row execute function audit_is_append_only();
create trigger audit_is_not_deleted before delete on audit for each row execute function audit_is_append_only();
