-- What waits longest in a lane, so that a lane that fails is not read through at each failure.
create index notification_by_age on notification (lane_id, entered_ticks);

-- Whether anybody still has a lane.
create index subscription_by_lane on subscription (lane_id);
create index subscription_by_lifecycle_lane on subscription (lifecycle_lane)
  where lifecycle_lane is not null;

-- Whose token ended, and nobody authorized them anew.
create index subscription_by_authorization on subscription (authorized_ticks);
