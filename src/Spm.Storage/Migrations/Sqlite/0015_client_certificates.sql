-- The last instant of a connection's client certificate, which stands sealed among its secrets: people are told before it.
alter table connection add column certificate_until integer;
