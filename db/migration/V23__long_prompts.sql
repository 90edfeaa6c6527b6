-- A subset is a prompt, which may be longer than what an index holds of one.
alter table score drop constraint score_job_id_generation_id_image_set_metric_step_subset_key;
create unique index score_once
    on score (job_id, generation_id, image_set, metric, step, md5(subset)) nulls not distinct;
