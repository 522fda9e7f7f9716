-- What was written or taken away, told in the commit that did it. Numbers are counted by the tenant from 1, without a gap, in the order of the commits.
create table change (
    tenant bigint not null,
    no bigint not null,
    at bigint not null,
    kind text collate "C" not null,
    subject text collate "C" not null,         -- the id; empty for transactions
    removed bigint not null,
    first_txn bigint not null,    -- of transactions, the first number and the last one, both included; else 0
    last_txn bigint not null,
    primary key (tenant, no)
);

-- The tenant does not come first, or a list by number would be looked up here.
create index txn_by_time on txn (recorded_at, seq) where ended_at is null;
create index payout_by_time on payout (updated_at);
