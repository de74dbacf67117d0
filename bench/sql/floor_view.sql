\set i random(1, :cases)
with c as (
    select o.*, w.membership, w.account from bench.open_case o
    join bench.worker w on w.kind = 'employment' and w.k = o.team where o.i = :i
), saved as (
    update applications_view v
    set text = repeat('Asiakas hyötyisi työkyvyn arviosta ennen uutta työkokeilua. ', 4),
        saved_at = now(), version = v.version + 1
    from c where v.application_id = c.application and v.membership_id = c.membership
    returning v.application_id
), entry as (
    insert into journal_entry
        (id, at, recorded_at, kind, account, membership, process, subject_type, subject, facts)
    select uuidv7(), now(), clock_timestamp(), 'application.view_saved', c.account, c.membership,
           '', 'application', saved.application_id, '{"seat": "a"}'
    from saved, c returning id, at
)
insert into journal_entrysubject (id, entry, client, basis, at)
select uuidv7(), entry.id, c.client, 'shared', entry.at from entry, c;
