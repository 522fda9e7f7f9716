-- Connections may have one source as long as no two of them take the same of it. What they take follows from their mappings, so who writes them sees to it.
drop index connection_by_source;
create index connection_by_source on connection (tenant, source) where status <> 'deleted';
