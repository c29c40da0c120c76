-- One set of SQL for SQLite and PostgreSQL. GUIDs are lower-case text; instants are 100-ns ticks
-- since 1970 in bigint (Graph shows seven fractional digits); booleans are 0 and 1.

create table meeting (
  meeting_key   text    not null primary key,
  tenant_id     text    not null,
  thread_id     text    not null,
  organizer_id  text    not null,
  calendar_id   text    not null,
  subject       text    not null,
  meeting_type  text    not null,
  channel       integer not null default 0,
  start_ticks   bigint  not null,
  end_ticks     bigint  not null,
  expiry_ticks  bigint  not null
);
create unique index meeting_by_thread on meeting (tenant_id, thread_id);

create table participant (
  meeting_key text not null references meeting (meeting_key) on delete cascade,
  person_id   text not null,
  role        text not null,
  primary key (meeting_key, person_id)
);

create table recording (
  artifact_id            text   not null primary key,
  tenant_id              text   not null,
  meeting_key            text   not null references meeting (meeting_key),
  call_id                text   not null,
  content_correlation_id text   not null,
  created_ticks          bigint not null,
  ended_ticks            bigint not null,
  media_type             text   not null,
  size_bytes             bigint not null,
  sha256                 text   not null,
  file_name              text   not null,
  duration_millis        bigint not null,
  kept_ticks             bigint not null
);
create index recording_by_meeting on recording (meeting_key, created_ticks);

create table transcript (
  artifact_id            text   not null primary key,
  tenant_id              text   not null,
  meeting_key            text   not null references meeting (meeting_key),
  call_id                text   not null,
  content_correlation_id text   not null,
  created_ticks          bigint not null,
  ended_ticks            bigint not null,
  size_bytes             bigint not null,
  sha256                 text   not null,
  kept_ticks             bigint not null
);
create index transcript_by_meeting on transcript (meeting_key, created_ticks);

-- A hand-over on its way in. The bytes received so far lie in the spool folder under upload_id.
create table upload (
  upload_id       text   not null primary key,
  secret_sha256   text   not null,
  tenant_id       text   not null,
  app_id          text   not null,
  idempotency_key text,
  request         text   not null,
  artifact_id     text   not null,
  state           text   not null,
  reason          text,
  receipt         text,
  created_ticks   bigint not null,
  expires_ticks   bigint not null
);
create unique index upload_by_idempotency_key on upload (tenant_id, app_id, idempotency_key);
create index upload_by_state on upload (state, expires_ticks);

create table access_policy (
  tenant_id   text not null,
  name        text not null,
  description text not null,
  primary key (tenant_id, name)
);

create table access_policy_app (
  tenant_id text not null,
  name      text not null,
  app_id    text not null,
  primary key (tenant_id, name, app_id),
  foreign key (tenant_id, name) references access_policy (tenant_id, name) on delete cascade
);

-- grantee_kind: user | group | global.
create table access_policy_grant (
  tenant_id    text    not null,
  grantee_kind text    not null,
  grantee_id   text    not null,
  name         text    not null,
  group_rank   integer not null default 0,
  primary key (tenant_id, grantee_kind, grantee_id)
);

create table group_member (
  tenant_id text not null,
  group_id  text not null,
  person_id text not null,
  primary key (tenant_id, group_id, person_id)
);

create table chat_consent (
  tenant_id  text not null,
  thread_id  text not null,
  app_id     text not null,
  permission text not null,
  primary key (tenant_id, thread_id, app_id, permission)
);

create table tenant_setting (
  tenant_id            text    not null primary key,
  participant_download integer not null default 0
);

create table download_exempt_group (
  tenant_id text not null,
  group_id  text not null,
  primary key (tenant_id, group_id)
);

-- Moves on with every change of the six tables above; running servers watch it.
create table rules_version (
  only_row integer not null primary key,
  version  bigint  not null
);
insert into rules_version (only_row, version) values (1, 1);

create table journal (
  entry_id    text    not null primary key,
  at_ticks    bigint  not null,
  request_id  text    not null,
  tenant_id   text    not null,
  caller_id   text    not null,
  app_id      text    not null,
  action      text    not null,
  target_id   text    not null,
  rule        text    not null,
  allowed     integer not null,
  status      integer not null,
  bytes_sent  bigint  not null,
  whole       integer not null
);
create index journal_by_time on journal (tenant_id, at_ticks);
