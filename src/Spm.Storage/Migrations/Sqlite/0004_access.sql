-- API keys as a resource: what of a key may be shown, what it may do and until when. Of the secret only hashes are kept: the current
-- one, and after a rotation the one before for as long as the two overlap.
alter table api_key add column prefix text not null default '';
alter table api_key add column roles text not null default '';
alter table api_key add column rep text;
alter table api_key add column created_by text not null default '';
alter table api_key add column expires_at integer;
alter table api_key add column last_used_at integer;
alter table api_key add column previous_hash blob;
alter table api_key add column previous_until integer;
create unique index api_key_by_previous on api_key (previous_hash) where previous_hash is not null;
create index api_key_by_tenant on api_key (tenant, created_at, id);

-- Who put a payout into review or made a batch: they do not approve it.
create table submitter (
    tenant integer not null,
    subject text not null,         -- the id of the payout or batch
    credential text not null,
    owner text not null,           -- the credential that made it; itself for a person
    at integer not null,
    primary key (tenant, subject)
) without rowid;

-- The audit trail: entries of a tenant count from 1 without a gap, each hashed together with the one before. Tenant 0 is the operator.
create table audit (
    tenant integer not null,
    no integer not null,
    at integer not null,
    actor text not null,
    action text not null,
    subject text not null,
    request text not null,
    state_before text,
    state_after text,
    hash blob not null,
    primary key (tenant, no)
) without rowid;
create index audit_by_subject on audit (tenant, subject, no);

create trigger audit_is_not_changed before update on audit begin
    select raise(abort, 'the audit trail is append-only');
end;
create trigger audit_is_not_deleted before delete on audit begin
    select raise(abort, 'the audit trail is append-only');
end;
