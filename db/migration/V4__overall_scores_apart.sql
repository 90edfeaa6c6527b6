-- The score of all images has no subset: 'overall' may be somebody's prompt.
alter table score alter column subset drop not null;
update score set subset = null where subset = 'overall';
alter table score drop constraint score_job_id_metric_step_subset_key;
alter table score add unique nulls not distinct (job_id, metric, step, subset);
