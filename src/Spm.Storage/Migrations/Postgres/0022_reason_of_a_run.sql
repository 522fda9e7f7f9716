-- Why a run ended before its streams did. What a stream failed for stands with the stream.
alter table connection_run add column reason_kind text;
alter table connection_run add column reason text;
