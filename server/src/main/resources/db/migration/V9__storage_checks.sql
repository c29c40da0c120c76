-- The two-way check of catalogue and content store, in the order of tenant and artifact.
create index recording_by_tenant on recording (tenant_id, artifact_id);
create index transcript_by_tenant on transcript (tenant_id, artifact_id);
create index upload_by_artifact on upload (artifact_id);

-- tenant_id '' is every tenant. promised and stored: the paths last compared.
create table storage_run (
  run_id        text    not null primary key,
  origin        text    not null,
  tenant_id     text    not null,
  hash_percent  integer not null,
  quarantine    integer not null,
  state         text    not null,
  started_ticks bigint  not null,
  ended_ticks   bigint,
  promised      text    not null,
  stored        text    not null,
  reason        text    not null
);
create index storage_run_by_start on storage_run (started_ticks, run_id);

create table storage_tally (
  run_id    text   not null references storage_run (run_id) on delete cascade,
  tenant_id text   not null,
  what      text   not null,
  amount    bigint not null,
  primary key (run_id, tenant_id, what)
);

-- state: open | quarantined | resolved. tenant_id '' where the name tells none.
create table storage_finding (
  path             text   not null,
  kind             text   not null,
  tenant_id        text   not null,
  expected         text   not null,
  found            text   not null,
  state            text   not null,
  first_seen_ticks bigint not null,
  last_seen_ticks  bigint not null,
  run_id           text   not null,
  primary key (path, kind)
);
create index storage_finding_by_tenant on storage_finding (tenant_id, path, kind);
create index storage_finding_by_state on storage_finding (state, kind, tenant_id);

-- One node at a time.
create table storage_lease (
  only_row    integer not null primary key,
  owner       text    not null,
  run_id      text    not null,
  until_ticks bigint  not null
);
insert into storage_lease (only_row, owner, run_id, until_ticks) values (1, '', '', 0);
