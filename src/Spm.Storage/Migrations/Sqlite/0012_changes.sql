-- What was written or taken away, told in the commit that did it. Numbers are counted by the tenant from 1, without a gap, in the order of the commits.
create table change (
    tenant integer not null,
    no integer not null,
    at integer not null,
    kind text not null,
    subject text not null,         -- the id; empty for transactions
    removed integer not null,
    first_txn integer not null,    -- of transactions, the first number and the last one, both included; else 0
    last_txn integer not null,
    primary key (tenant, no)
) without rowid;

-- The tenant does not come first, or a list by number would be looked up here.
create index txn_by_time on txn (recorded_at, seq) where ended_at is null;
create index payout_by_time on payout (updated_at);
