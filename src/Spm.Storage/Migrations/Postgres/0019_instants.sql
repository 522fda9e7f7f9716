-- Where a tenant's transactions of an instant begin: a row a commit and not an index entry a transaction. Instants rise with the numbers: every
-- transaction that was recorded at an instant or later has the number of the first such row, or a higher one.
create table txn_time (
    tenant bigint not null,
    at bigint not null,
    first bigint not null,
    primary key (tenant, at)
);
insert into txn_time (tenant, at, first)
select tenant, at, min(first) over (partition by tenant order by at desc)
from (select tenant, recorded_at as at, min(seq) as first from txn group by tenant, recorded_at) of_instants;
drop index txn_by_time;
