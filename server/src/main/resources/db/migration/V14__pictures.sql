-- Pictures that are drawn of recordings: 0 is the poster, 1 and up are previews. What is being drawn
-- stands in drawing before there are bytes; what stands in picture has them.
create table drawing (
  artifact_id  text   not null primary key,
  recording_id text   not null,
  tenant_id    text   not null,
  begun_ticks  bigint not null
);
create index drawing_by_recording on drawing (recording_id);

create table picture (
  artifact_id  text    not null primary key,
  recording_id text    not null,
  tenant_id    text    not null,
  number       integer not null,
  size_bytes   bigint  not null,
  sha256       text    not null,
  kept_ticks   bigint  not null
);
create unique index picture_of_recording on picture (recording_id, number);
create index picture_by_key on picture ((tenant_id || ''), artifact_id);

-- When a recording is to be drawn; null when it was, or cannot be.
alter table recording add column drawing_ticks bigint default 0;
create index recording_to_draw on recording (drawing_ticks) where drawing_ticks is not null;
