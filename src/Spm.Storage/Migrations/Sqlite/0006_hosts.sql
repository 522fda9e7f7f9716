-- Which process over the store has which tenant. A SQLite file has one host, which has all of them: there is nothing to note.
select 1;
