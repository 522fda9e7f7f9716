-- The version of the API that a key keeps: the newest one when it was made. Keys of before there were versions keep the first.
alter table api_key add column api_version text not null default '2026-11-01';
