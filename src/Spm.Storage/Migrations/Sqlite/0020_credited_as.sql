-- Whom its deal names, with a transaction that names nobody itself; empty where it waits for such a deal. Of those that are here already each is
-- credited as its deal is from the next version of either on.
alter table txn add column credited_as text;
update txn set credited_as = ''
where deal is not null and deal <> external_id and rep = -1 and territory = -1 and splits is null and flags & 3 = 0 and ended_at is null;
create index txn_waiting on txn (tenant, source, deal) where credited_as = '' and ended_at is null;
