-- Days and months are day numbers (days since 0001-01-01), instants are Unix milliseconds, amounts of transactions and
-- measurements are ten-thousandths, money of payouts and postings is in minor units.

create table meta (
    name text primary key,
    value integer not null
) without rowid;

insert into meta (name, value) values ('commit', 0);

create table tenant (
    no integer primary key,
    id text not null unique,
    name text not null,
    created_at integer not null,
    -- 1 while something was written that may not be settled into payouts yet
    unsettled integer not null default 0
);

create table api_key (
    id text primary key,
    tenant integer not null references tenant(no),
    name text not null,
    hash blob not null unique,
    scopes text not null,
    created_at integer not null,
    revoked_at integer
);

create table source (
    no integer primary key,
    tenant integer not null references tenant(no),
    name text not null,
    unique (tenant, name)
);

-- Reference data: every revision of every record, the current one without an end.
create table record (
    seq integer primary key,
    tenant integer not null,
    kind text not null,
    id text not null,
    no integer not null,
    version integer not null,
    source text,
    external_id text,
    body text not null,
    recorded_at integer not null,
    ended_at integer
);
create unique index record_current on record (tenant, kind, id) where ended_at is null;

-- Every version of every transaction, the current one without an end. `credits` is what crediting made of it, in the same row: a row of
-- its own for each credit would cost the store more than the transaction itself.
create table txn (
    seq integer primary key,
    tenant integer not null,
    source integer not null,
    external_id text not null,
    version integer not null,
    kind integer not null,
    day integer not null,
    month integer not null,
    amount integer not null,
    currency text not null,
    quantity integer not null,
    margin integer not null,
    rep integer not null,
    account integer not null,
    territory integer not null,
    product text,
    splits text,
    flags integer not null,
    credits text,                  -- kind:rep:millionths:amount:quantity:margin:count, one after another with commas
    credited integer,              -- the sum of the direct credits' amounts; null when there is none
    import integer not null,
    import_row integer not null,
    recorded_at integer not null,
    ended_at integer,
    deal text,                     -- the external id of the transaction it is about; null: it is its own deal
    facts text
);
create unique index txn_current on txn (source, external_id) where ended_at is null;

-- Which current transactions credit a rep in a month.
create table crediting (
    tenant integer not null,
    rep integer not null,
    month integer not null,
    txn integer not null,
    primary key (tenant, rep, month, txn)
) without rowid;

-- Credits that a change of reference data put other ones in place of.
create table credits_past (
    txn integer not null,
    no integer not null,
    credits text,
    ended_at integer not null,
    primary key (txn, no)
) without rowid;

create table measurement (
    tenant integer not null,
    kind integer not null,
    subject integer not null,
    measure integer not null,
    month integer not null,
    direct integer not null,
    overlay integer not null,
    roll_up integer not null,
    direct_count integer not null,
    overlay_count integer not null,
    roll_up_count integer not null,
    primary key (tenant, kind, subject, measure, month)
) without rowid;

create table problem (
    no integer primary key,
    tenant integer not null,
    code text not null,
    txn integer not null,          -- 0: a problem of the rep and month, not of one transaction
    rep integer not null,          -- -1: nobody
    month integer not null,
    day integer not null,
    amount integer not null,
    currency text not null,
    detail text
);
create index problem_by_txn on problem (txn) where txn > 0;
create index problem_by_rep on problem (tenant, rep) where txn = 0;
create index problem_by_code on problem (tenant, code, month);

create table posting (
    no integer primary key,
    tenant integer not null,
    id text not null,
    kind integer not null,
    debit text not null,
    credit text not null,
    minor integer not null check (minor > 0),
    currency text not null,
    rep integer not null,
    month integer not null,
    origin_month integer not null,
    plan text not null,
    component text not null,       -- empty: the line is of the payout as a whole
    line integer not null default 0,
    recorded_at integer not null,
    unique (tenant, id)
);
create index posting_by_rep on posting (tenant, rep, month);

create table payout (
    tenant integer not null,
    rep integer not null,
    month integer not null,
    incentives integer not null,
    adjustments integer not null,
    carried_in integer not null,
    carried_out integer not null,
    due integer not null,
    currency text not null,
    lines text not null,
    final integer not null,
    status integer not null,
    version integer not null,
    batch text,
    updated_at integer not null,
    primary key (tenant, rep, month)
) without rowid;
create index payout_by_month on payout (tenant, month, rep);

create table payout_batch (
    no integer primary key,
    tenant integer not null,
    id text not null unique,
    month integer not null,
    status text not null,
    version integer not null,
    claim text,
    claimed_by text,
    lease_until integer,
    created_at integer not null,
    updated_at integer not null
);
create index payout_batch_by_tenant on payout_batch (tenant, no);

-- A line is written once with its batch and never changed; what payroll made of it stands in line_result.
create table payout_line (
    tenant integer not null,
    batch text not null,
    no integer not null,
    id text not null unique,
    rep integer not null,
    month integer not null,
    minor integer not null,
    currency text not null,
    primary key (batch, no)
) without rowid;

create table line_result (
    line text primary key,
    tenant integer not null,
    result text not null,
    reference text,
    reason text,
    recorded_at integer not null
) without rowid;

create table grain_state (
    name text not null,
    grain text not null,
    etag integer not null,
    body text not null,
    primary key (name, grain)
) without rowid;

create table idempotency (
    tenant integer not null,
    credential text not null,
    route text not null,
    key text not null,
    request_hash blob not null,
    status integer not null,
    headers text not null,
    body blob not null,
    created_at integer not null,
    primary key (tenant, credential, route, key)
) without rowid;

create table import (
    no integer primary key,
    tenant integer not null,
    id text not null unique,
    entity text not null,
    source text not null,
    format text not null,
    delimiter text not null,
    header text,
    status text not null,
    bytes_total integer not null,
    bytes_read integer not null default 0,
    rows_read integer not null default 0,
    rows_created integer not null default 0,
    rows_corrected integer not null default 0,
    rows_unchanged integer not null default 0,
    rows_rejected integer not null default 0,
    error_code text,
    error_detail text,
    created_at integer not null,
    finished_at integer
);
create index import_by_tenant on import (tenant, no);

-- Rows whose outcome is not `created`: those are the rest.
create table import_row (
    import integer not null,
    row integer not null,
    status text not null,
    errors text,
    raw text,
    primary key (import, row)
) without rowid;
create index import_row_by_status on import_row (import, status, row);
