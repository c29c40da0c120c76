-- A version for everything that administrators change: the value of rules_version at its last
-- change, so that two of them who read the same cannot both write.
alter table access_policy add column version bigint not null default 1;
