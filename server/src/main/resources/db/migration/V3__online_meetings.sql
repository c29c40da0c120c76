-- What Graph's onlineMeeting has beside what a recording needs of its meeting. A meeting that was
-- deleted keeps its row and its recordings, and is found no more.

alter table meeting add column calendar_backed integer not null default 0;
alter table meeting add column deleted_ticks bigint;
update meeting set calendar_backed = 1 where meeting_type in ('scheduled', 'recurring');

-- document: the members that clients set, as JSON. version moves on with every change.
create table online_meeting (
  meeting_key             text   not null primary key references meeting (meeting_key),
  tenant_id               text   not null,
  organizer_id            text   not null,
  external_id             text,
  join_meeting_id         text   not null,
  passcode                text,
  link_passcode           text   not null,
  video_teleconference_id text   not null,
  created_ticks           bigint not null,
  version                 bigint not null,
  document                text   not null
);
create unique index online_meeting_by_external_id
  on online_meeting (tenant_id, organizer_id, external_id);
create unique index online_meeting_by_join_meeting_id on online_meeting (join_meeting_id);
create unique index online_meeting_by_video_teleconference_id
  on online_meeting (video_teleconference_id);
create index if not exists participant_by_person on participant (person_id);
