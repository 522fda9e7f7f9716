-- The run that has rejected a record as it was read: a run that takes it after all does not count it twice.
alter table connection_record add column rejected_in integer;
