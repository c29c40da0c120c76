-- Who wants to hear of what. topic is what a new artifact is looked up by, scope what it was made
-- of. granted are the permissions of the token that last authorized it. A subscription that ended
-- keeps its row until what waits for it is told. Certificates are base64 of DER.
create table subscription (
  subscription_id  text    not null primary key,
  tenant_id        text    not null,
  app_id           text    not null,
  owner_kind       text    not null,
  owner_id         text    not null,
  owner_name       text    not null,
  granted          text    not null,
  topic            text    not null,
  artifact_kind    text    not null,
  calls            integer not null,
  scope            text    not null,
  resource         text    not null,
  url              text    not null,
  lifecycle_url    text,
  client_state     text,
  tls              text    not null,
  certificate      text,
  certificate_id   text,
  created_ticks    bigint  not null,
  expires_ticks    bigint  not null,
  authorized_ticks bigint  not null,
  challenge_ticks  bigint,
  refused_ticks    bigint,
  ended_ticks      bigint,
  from_position    bigint  not null,
  lane_id          text    not null,
  lifecycle_lane   text
);
create unique index subscription_by_topic on subscription (tenant_id, topic, app_id)
  where ended_ticks is null;
create index subscription_by_any_topic on subscription (tenant_id, topic);
create index subscription_by_owner on subscription (tenant_id, app_id, owner_id);
create index subscription_by_expiry on subscription (expires_ticks);
create index subscription_by_challenge on subscription (challenge_ticks)
  where challenge_ticks is not null;

-- How far into the tenant's sequence of changes everybody has been told.
create table notification_tenant (
  tenant_id text   not null primary key,
  position  bigint not null
);

-- One address of one application in one tenant. due_ticks is null while nothing waits; suspect is
-- 1 while it does not answer as it must; who works on it holds the lease.
create table notification_lane (
  lane_id     text    not null primary key,
  tenant_id   text    not null,
  app_id      text    not null,
  kind        text    not null,
  url         text    not null,
  due_ticks   bigint,
  suspect     integer not null default 0,
  failures    integer not null default 0,
  lease       text,
  lease_ticks bigint  not null default 0
);
create unique index notification_lane_by_url on notification_lane (tenant_id, app_id, kind, url);
create index notification_lane_by_due on notification_lane (suspect, due_ticks)
  where due_ticks is not null;

-- What waits. position is the change's in its tenant, or the tick of an event in the
-- subscription's own life.
create table notification (
  lane_id         text   not null,
  position        bigint not null,
  subscription_id text   not null,
  event           text   not null,
  entered_ticks   bigint not null,
  primary key (lane_id, position, subscription_id, event)
);

-- What nobody took for as long as it was tried.
create table notification_dead (
  subscription_id text   not null,
  position        bigint not null,
  event           text   not null,
  entered_ticks   bigint not null,
  died_ticks      bigint not null,
  reason          text   not null,
  primary key (subscription_id, position, event)
);
create index notification_dead_by_time on notification_dead (died_ticks);

create table notification_attempt (
  lane_id    text    not null,
  at_ticks   bigint  not null,
  subscription_id text not null,
  number     integer not null,
  items      integer not null,
  outcome    text    not null,
  millis     integer not null,
  primary key (subscription_id, at_ticks, lane_id)
);
create index notification_attempt_by_time on notification_attempt (at_ticks);
