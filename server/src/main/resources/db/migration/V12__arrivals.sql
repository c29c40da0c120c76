-- What recorders announced. announcement is JSON; room, meeting and times stand beside it to be
-- looked for. credential is empty as soon as the way is over.
create table arrival (
  arrival_id      text    not null primary key,
  tenant_id       text    not null,
  source          text    not null,
  source_id       text    not null,
  recorder        text    not null,
  room            text    not null,
  meeting         text,
  start_ticks     bigint,
  end_ticks       bigint,
  announcement    text    not null,
  envelope        text    not null,
  credential      text,
  state           text    not null,
  reason          text    not null,
  upload_id       text,
  rule            text    not null,
  sha256          text,
  size_bytes      bigint,
  artifact_id     text,
  same_as         text,
  mended          text    not null,
  validator       text,
  claim           text,
  attempts        integer not null,
  due_ticks       bigint  not null,
  lease_owner     text    not null default '',
  lease_ticks     bigint  not null default 0,
  announced_ticks bigint  not null,
  changed_ticks   bigint  not null,
  version         bigint  not null
);
create unique index arrival_by_source on arrival (tenant_id, source, source_id);
create unique index arrival_by_claim on arrival (tenant_id, claim) where claim is not null;
create index arrival_by_upload on arrival (upload_id) where upload_id is not null;
create index arrival_by_artifact on arrival (artifact_id) where artifact_id is not null;
create index arrival_by_due on arrival (due_ticks) where state in ('announced', 'fetching', 'probing');
create index arrival_by_age on arrival (announced_ticks)
  where state in ('announced', 'fetching', 'probing');
create index arrival_by_time on arrival (tenant_id, announced_ticks, arrival_id);
create index arrival_by_state on arrival (tenant_id, state, announced_ticks, arrival_id);
create index arrival_by_room on arrival (tenant_id, source, room, start_ticks);
create index arrival_by_count on arrival (source, state);

-- Messages that may come once only.
create table arrival_nonce (
  source      text   not null,
  nonce       text   not null,
  until_ticks bigint not null,
  primary key (source, nonce)
);
create index arrival_nonce_by_end on arrival_nonce (until_ticks);

-- Whose recordings are. Lists are JSON.
create table assignment_rule (
  tenant_id      text    not null,
  name           text    not null,
  rank           integer not null,
  source         text,
  room           text    not null,
  meeting        text    not null,
  action         text    not null,
  organizer_id   text,
  organizer_from text,
  meeting_id     text,
  coorganizers   text    not null,
  attendees      text    not null,
  subject        text    not null,
  meeting_type   text    not null,
  tags           text    not null,
  version        bigint  not null,
  primary key (tenant_id, name)
);
