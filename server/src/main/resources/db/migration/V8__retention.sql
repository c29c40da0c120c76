-- Retention, holds and deletion. removed is 1 while an artifact lies in the trash: Graph does not
-- find it, and held_in says 'trash'. version moves on with what administrators change.

alter table recording add column removed integer not null default 0;
alter table transcript add column removed integer not null default 0;
alter table recording add column version bigint not null default 1;
alter table transcript add column version bigint not null default 1;
alter table recording add column restored_ticks bigint;
alter table transcript add column restored_ticks bigint;
-- Of expressions, so that no planner mistakes it for an index of an organizer's lists.
create index recording_by_tenant on recording ((tenant_id || ''), (ended_ticks + 0), artifact_id);
create index transcript_by_tenant on transcript ((tenant_id || ''), (ended_ticks + 0), artifact_id);

create table artifact_tag (
  artifact_id text not null,
  tag         text not null,
  primary key (artifact_id, tag)
);

-- scope: tenant | organizer | group | meeting_type | tag. days: null for never.
create table retention_rule (
  rule_id     text    not null primary key,
  tenant_id   text    not null,
  name        text    not null,
  scope       text    not null,
  scope_value text    not null,
  group_rank  integer not null default 0,
  days        integer,
  version     bigint  not null
);
create unique index retention_rule_by_name on retention_rule (tenant_id, name);
create unique index retention_rule_by_scope on retention_rule (tenant_id, scope, scope_value);
create unique index retention_rule_by_rank on retention_rule (tenant_id, group_rank)
  where scope = 'group';
create index if not exists group_member_by_person on group_member (tenant_id, person_id, group_id);

-- reason: deleted | expired. phase: kept | purging; from purging there is no way back.
create table trash (
  artifact_id   text   not null primary key,
  kind          text   not null,
  tenant_id     text   not null,
  removed_ticks bigint not null,
  reason        text   not null,
  removed_by    text   not null,
  rule          text   not null,
  phase         text   not null,
  purge_ticks   bigint
);
create index trash_by_time on trash (tenant_id, phase, removed_ticks, artifact_id);
create index trash_purging on trash (phase, artifact_id) where phase = 'purging';

-- scope: person | meeting | tenant | query. condition: a query's $filter as JSON.
create table legal_hold (
  hold_id        text   not null primary key,
  tenant_id      text   not null,
  name           text   not null,
  description    text   not null,
  scope          text   not null,
  scope_value    text   not null,
  condition      text   not null,
  placed_ticks   bigint not null,
  placed_by      text   not null,
  released_ticks bigint,
  released_by    text,
  version        bigint not null
);
create unique index legal_hold_by_name on legal_hold (tenant_id, name)
  where released_ticks is null;
create index legal_hold_by_time on legal_hold (tenant_id, placed_ticks, hold_id);

-- Locked by whoever places a hold or intends a purge: one of the two is first.
create table retention_gate (
  tenant_id text   not null primary key,
  passed    bigint not null
);

create table disposal (
  disposal_id    text   not null primary key,
  tenant_id      text   not null,
  artifact_id    text   not null,
  disposed_ticks bigint not null,
  certificate    text   not null
);
create index disposal_by_time on disposal (tenant_id, disposed_ticks, disposal_id);
create index disposal_by_artifact on disposal (artifact_id);

create table retention_warning (
  artifact_id   text   not null primary key,
  kind          text   not null,
  tenant_id     text   not null,
  expires_ticks bigint not null,
  rule          text   not null,
  warned_ticks  bigint not null
);
create index retention_warning_by_time on retention_warning (tenant_id, expires_ticks, artifact_id);

-- The greatest time that a run has seen, and which node is at it until when.
create table retention_state (
  only_row    integer not null primary key,
  seen_ticks  bigint  not null,
  holder      text    not null,
  lease_ticks bigint  not null
);
insert into retention_state (only_row, seen_ticks, holder, lease_ticks) values (1, 0, '', 0);

-- Objects whose legal hold at the object store is on.
create table object_lock (
  artifact_id text not null primary key,
  tenant_id   text not null
);
create index object_lock_by_tenant on object_lock (tenant_id, artifact_id);

-- What was handed over is forgotten with what became of it; a transcript's text was part of it.
create index upload_by_artifact on upload (artifact_id);
update upload set request = '{}' where state = 'ready' and request like '%"transcript":"%';
