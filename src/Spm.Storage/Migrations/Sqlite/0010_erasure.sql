-- What an entry of the audit trail says of a person may be taken out of it, and nothing else of it can be changed. The entry keeps its hash; a later
-- entry attests what it says now.
alter table audit add column erased integer not null default 0;
drop trigger audit_is_not_changed;
create trigger audit_is_not_changed before update on audit
when new.erased <> 1 or new.tenant <> old.tenant or new.no <> old.no or new.at <> old.at or new.actor <> old.actor or new.action <> old.action
    or new.subject <> old.subject or new.request <> old.request or new.hash <> old.hash
begin
    select raise(abort, 'the audit trail is append-only');
end;
