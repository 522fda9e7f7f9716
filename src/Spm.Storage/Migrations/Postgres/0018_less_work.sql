-- Which tenants have a month that is closing is asked every other second: records may be a million, and months are few.
create index record_of_months on record (tenant) where kind = 'period' and ended_at is null;

-- Rows that are changed over and over find room in their page for the next version: no index is written for it, and the room is won back without a vacuum.
alter table measurement set (fillfactor = 50);
alter table grain_state set (fillfactor = 50);
