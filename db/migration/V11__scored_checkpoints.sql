-- Images that judge the weights of one step: the same prompts and seeds at every step.
alter table job_image drop constraint job_image_role_check;
alter table job_image add constraint job_image_role_check
    check (role in ('result', 'before', 'class', 'evaluation', 'preview', 'contact_sheet'));

-- Whose images a score is of: those that judge a checkpoint, or those that were asked for, of the job or of a generation.
alter table score add column image_set text not null default 'results' check (image_set in ('checkpoint', 'results'));
alter table score add column generation_id uuid references generation on delete cascade;
alter table score drop constraint score_metric_check;
alter table score add constraint score_metric_check
    check (metric in ('clip_i', 'clip_t', 'clip_t_margin', 'dino', 'pres', 'div'));
alter table score drop constraint score_job_id_metric_step_subset_key;
alter table score add unique nulls not distinct (job_id, generation_id, image_set, metric, step, subset);
create index score_generation_id on score (generation_id);

-- The checkpoint whose weights are the job's result, with who chose it and why. Null until training is over, and in jobs that
-- were trained before there was a choice.
alter table job add column chosen jsonb;
-- Of a job that is run again with other weights: what it goes back to if that fails.
alter table job add column formerly_chosen jsonb;
update job set chosen = jsonb_build_object('step', weights.step, 'by', 'last', 'reason', 'the end of the training')
from (select job_id, max(step) as step from checkpoint where kind = 'weights' group by job_id) as weights
where weights.job_id = job.id and job.status = 'succeeded';

-- A job may be queued more than once.
alter table job add column queued_at timestamptz;
update job set queued_at = created_at;
alter table job alter column queued_at set not null;

-- The weights that a generation was asked of.
alter table generation add column step int;

-- Files of every checkpoint that was a result stay.
alter table job_artifact drop constraint job_artifact_job_id_kind_format_key;
alter table job_artifact add unique (job_id, kind, format, step);

-- Jobs of before have only been scored at the end, with their own images.
update job set spec = spec || '{"evaluation": {"checkpoints": 1, "prompt_list": null, "prompts": ["a photo of a {subject}"],
    "prompts_per_kind": 0, "images_per_prompt": 1, "class_images": 4, "seed": 0, "keep": "last", "score": "clip_i",
    "prompt_floor": 0, "patience": 0}}'::jsonb
where not jsonb_exists(spec, 'evaluation');
