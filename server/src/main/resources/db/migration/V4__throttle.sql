-- Token buckets that the nodes on one PostgreSQL share; Bucket4j reads and writes them. A single
-- node keeps its buckets in memory, so under SQLite this stays empty.
create table throttle_bucket (
  name       text   not null primary key,
  state      bytea,
  expires_at bigint
);
create index throttle_bucket_by_expiry on throttle_bucket (expires_at);
