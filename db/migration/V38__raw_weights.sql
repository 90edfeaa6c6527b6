-- Of a training whose result is an average: its raw weights, their images and their scores.
alter table checkpoint drop constraint checkpoint_kind_check;
alter table checkpoint add constraint checkpoint_kind_check
    check (kind in ('resume', 'weights', 'raw_weights', 'state')) not valid;
alter table job_image drop constraint job_image_role_check;
alter table job_image add constraint job_image_role_check
    check (role in ('result', 'before', 'class', 'evaluation', 'raw_class', 'raw_evaluation', 'preview', 'contact_sheet')) not valid;
alter table score drop constraint score_image_set_check;
alter table score add constraint score_image_set_check
    check (image_set in ('checkpoint', 'raw_checkpoint', 'results')) not valid;

-- Which weights of its job a generation uses; null for a job without an average.
alter table generation add column weights text check (weights in ('raw', 'ema'));

-- Files of both stand beside each other, with different names.
alter table job_artifact drop constraint job_artifact_job_id_kind_format_step_key;
alter table job_artifact add unique (job_id, kind, format, step, file_name);
