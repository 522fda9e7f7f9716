-- Where a tenant's events are sent, and the secrets they are signed with: the newest one has no end, those before it end with their overlap.
create table webhook (
    no integer primary key autoincrement,
    tenant integer not null,
    id text not null unique,
    url text not null,
    description text,
    events text not null,          -- ' payout.paid period.closed ': the types it is sent; empty for all of them
    payload text not null,
    status text not null,
    reason text,                   -- why it is disabled
    created_by text not null,
    created_at integer not null,
    updated_at integer not null
);
create index webhook_by_tenant on webhook (tenant, no);

create table webhook_secret (
    webhook integer not null,
    secret text not null,
    created_at integer not null,
    ends_at integer,
    primary key (webhook, secret)
) without rowid;

-- What happened, in the commit that made it happen. Numbers grow in the order of the commits.
create table event (
    seq integer primary key,
    tenant integer not null,
    id text not null unique,
    type text not null,
    subject text not null,         -- the id of what it is about
    at integer not null,
    brief text not null,           -- `data` of a thin payload, JSON
    data text not null             -- that of a full one
);
create index event_by_tenant on event (tenant, seq);
create index event_by_time on event (at);

create table delivery (
    webhook integer not null,
    event integer not null,
    subject text not null,
    status integer not null,       -- 0 waiting, 1 delivered, 2 given up
    attempts integer not null,
    next_at integer not null,      -- not tried before
    updated_at integer not null,
    primary key (webhook, event)
) without rowid;
create index delivery_by_subject on delivery (webhook, subject, event) where status = 0;
create index delivery_by_time on delivery (webhook, next_at) where status = 0;

create table delivery_attempt (
    webhook integer not null,
    event integer not null,
    no integer not null,
    at integer not null,
    took integer not null,         -- milliseconds
    answer integer,                -- the HTTP status; null where no answer came
    detail text,                   -- why no answer came, or how the answer begins
    primary key (webhook, event, no)
) without rowid;
