-- The two-way check of catalogue and content store, in the order of tenant and artifact.
create index recording_by_key on recording (tenant_id, artifact_id);
create index transcript_by_key on transcript (tenant_id, artifact_id);
create index if not exists upload_by_artifact on upload (artifact_id);

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

-- Rules that are tried beside those in force. A version is that of rules_version.
create table shadow_rules (
  tenant_id   text   not null primary key,
  operations  text   not null,
  since_ticks bigint not null,
  dropped     bigint not null,
  version     bigint not null
);

create table shadow_difference (
  tenant_id        text   not null,
  difference_key   text   not null,
  app_id           text   not null,
  person_id        text   not null,
  action           text   not null,
  decided          text   not null,
  shadow           text   not null,
  amount           bigint not null,
  first_seen_ticks bigint not null,
  last_seen_ticks  bigint not null,
  primary key (tenant_id, difference_key)
);

-- What a directory says of people and groups (SCIM 2.0). The ids are those the rules know: object
-- ids. Memberships lie in group_member. document: the members that SCIM clients set, as JSON.
create table scim_user (
  tenant_id      text    not null,
  user_id        text    not null,
  external_id    text,
  user_name      text    not null,
  user_name_key  text    not null,
  display_name   text    not null,
  active         integer not null,
  document       text    not null,
  created_ticks  bigint  not null,
  modified_ticks bigint  not null,
  version        bigint  not null,
  primary key (tenant_id, user_id)
);
create unique index scim_user_by_name on scim_user (tenant_id, user_name_key);
create unique index scim_user_by_external_id on scim_user (tenant_id, external_id);
create index scim_user_inactive on scim_user (active, tenant_id, user_id);

create table scim_group (
  tenant_id        text   not null,
  group_id         text   not null,
  external_id      text,
  display_name     text   not null,
  display_name_key text   not null,
  created_ticks    bigint not null,
  modified_ticks   bigint not null,
  version          bigint not null,
  primary key (tenant_id, group_id)
);
create index scim_group_by_name on scim_group (tenant_id, display_name_key);
create unique index scim_group_by_external_id on scim_group (tenant_id, external_id);
create index if not exists group_member_by_person on group_member (tenant_id, person_id, group_id);

-- issuer: whose subjects are turned into object ids where externalId is no GUID; '' for none.
create table scim_token (
  token_id      text   not null primary key,
  tenant_id     text   not null,
  name          text   not null,
  issuer        text   not null,
  secret_sha256 text   not null,
  created_ticks bigint not null,
  revoked_ticks bigint
);
create index scim_token_by_tenant on scim_token (tenant_id, created_ticks);
