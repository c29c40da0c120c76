-- What Graph may tell of transcripts. On until an administrator turns it off: see
-- docs/api-compatibility.md.
alter table tenant_setting add column graph_transcript_access integer not null default 1;
alter table tenant_setting add column attributed_transcripts integer not null default 1;
