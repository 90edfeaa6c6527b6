-- The names of metrics are those of the engine's Metric: a new score needs no migration.
alter table score drop constraint score_metric_check;
