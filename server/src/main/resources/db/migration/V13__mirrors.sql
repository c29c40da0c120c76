-- How far mirrors of tenants have come. link goes on where the last page that was kept ended; who
-- follows holds the lease.
create table mirror (
  mirror          text   not null primary key,
  lease_owner     text   not null default '',
  lease_ticks     bigint not null default 0,
  succeeded_ticks bigint
);
create table mirror_feed (
  mirror text not null,
  feed   text not null,
  link   text not null,
  primary key (mirror, feed)
);

-- A copy gets the key of what it is a copy of: of two that come at one moment one alone.
create unique index upload_by_kept_artifact on upload (artifact_id)
  where state in ('keeping', 'ready');
