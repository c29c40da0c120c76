-- A version for everything that administrators change: the value of rules_version at its last
-- change, so that two of them who read the same cannot both write.
alter table access_policy add column version bigint not null default 1;
alter table access_policy_grant add column version bigint not null default 1;
alter table group_member add column version bigint not null default 1;
alter table chat_consent add column version bigint not null default 1;
alter table tenant_setting add column version bigint not null default 1;

create index access_policy_grant_by_rank on access_policy_grant (tenant_id, grantee_kind, group_rank);

-- A group was known by its members alone; now it is there without any, and has a name.
create table directory_group (
  tenant_id    text   not null,
  group_id     text   not null,
  display_name text   not null default '',
  version      bigint not null,
  primary key (tenant_id, group_id)
);
insert into directory_group (tenant_id, group_id, display_name, version)
  select distinct tenant_id, group_id, '', 1 from group_member;

-- Groups within groups; never in a circle.
create table group_in_group (
  tenant_id       text   not null,
  group_id        text   not null,
  member_group_id text   not null,
  version         bigint not null,
  primary key (tenant_id, group_id, member_group_id)
);

-- Applications and people that have called at least once, so that a policy for another one can be
-- told to be perhaps a mistake. caller_kind: app | user.
create table known_caller (
  tenant_id   text   not null,
  caller_kind text   not null,
  caller_id   text   not null,
  first_ticks bigint not null,
  primary key (tenant_id, caller_kind, caller_id)
);

-- Why a request was refused: its rule chain as JSON, kept for seven days.
create table refusal (
  tenant_id  text   not null,
  request_id text   not null,
  at_ticks   bigint not null,
  caller_id  text   not null,
  app_id     text   not null,
  action     text   not null,
  target     text   not null,
  chain      text   not null,
  primary key (tenant_id, request_id)
);
create index refusal_by_time on refusal (at_ticks);
