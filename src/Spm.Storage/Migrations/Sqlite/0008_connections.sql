-- Connections: a tenant's accounts at vendors. Secrets are sealed; the text before the colon names the key they are sealed with.
create table connection (
    no integer primary key,
    tenant integer not null,
    id text not null unique,
    connector text not null,
    connector_version text,        -- null: the newest that is installed
    name text not null,
    source text not null,          -- of the records and transactions that come through it
    config text not null,
    secrets text,
    secret_names text not null,
    base_address text,
    every_seconds integer,         -- null: only when it is asked to run
    mapping text not null,
    status text not null,
    reason_kind text,
    reason text,
    account text,
    next_run_at integer,           -- null: nothing is due
    next_trigger text,
    revision integer not null,
    created_at integer not null,
    updated_at integer not null
);
create index connection_by_tenant on connection (tenant, no);
create unique index connection_by_source on connection (tenant, source) where status <> 'deleted';
create index connection_by_due on connection (next_run_at) where next_run_at is not null;

-- Where each stream stands. Written in the commit of the records that its checkpoint covers.
create table connection_stream (
    connection integer not null,
    stream text not null,
    checkpoint text,
    full_read text,
    fields text,
    status text not null,
    reason_kind text,
    reason text,
    hinted integer not null default 0,
    completed_at integer,
    primary key (connection, stream)
) without rowid;

-- What became of every record of a source: 0 accepted, 1 of no account, 2 rejected, 3 in quarantine, 4 gone.
create table connection_record (
    connection integer not null,
    stream text not null,
    key text not null,
    state integer not null,
    changed_at integer,            -- by the source
    amount integer,
    currency text,
    external_id text,              -- of the transaction or rep it became
    deal text,
    body text,
    errors text,
    seen text,                     -- the full read that has shown it last
    primary key (connection, stream, key)
) without rowid;
create index connection_record_by_state on connection_record (connection, state, stream, key) where state in (2, 3);

create table connection_run (
    no integer primary key,
    connection integer not null,
    id text not null unique,
    cause text not null,
    mode text not null,
    status text not null,
    started_at integer not null,
    ended_at integer,
    at_stake text
);
create index connection_run_by_connection on connection_run (connection, no);

create table connection_run_stream (
    run integer not null,
    stream text not null,
    status text not null,
    reason_kind text,
    reason text,
    rows_read integer not null default 0,
    rows_created integer not null default 0,
    rows_corrected integer not null default 0,
    rows_unchanged integer not null default 0,
    rows_ignored integer not null default 0,
    rows_rejected integer not null default 0,
    rows_quarantined integer not null default 0,
    primary key (run, stream)
) without rowid;

-- Deliveries of webhooks that were taken: one that comes again is passed over.
create table connection_delivery (
    connection integer not null,
    id text not null,
    at integer not null,
    primary key (connection, id)
) without rowid;
