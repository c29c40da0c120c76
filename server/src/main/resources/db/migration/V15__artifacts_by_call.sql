-- What a call left, for who knows its id from elsewhere and looks through all of an organizer's.
create index recording_by_call on recording (call_id);
create index transcript_by_call on transcript (call_id);
