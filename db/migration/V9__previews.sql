-- Previews are drawn at several steps of one training run, each with images from position 0 on.
alter table job_image drop constraint job_image_role_check;
alter table job_image add constraint job_image_role_check
    check (role in ('result', 'before', 'preview', 'contact_sheet'));
alter table job_image drop constraint job_image_job_id_generation_id_role_position_key;
alter table job_image add constraint job_image_place
    unique nulls not distinct (job_id, generation_id, role, step, position);

-- Jobs of before have none.
update job set spec = jsonb_set(jsonb_set(
    spec || '{"previews": {"every_steps": 0, "prompts": ["a photo of a {subject}"], "images_per_prompt": 1, "seed": 0}}',
    '{training,keep_checkpoints}', '1'), '{training,random_crop}', 'false')
where not jsonb_exists(spec, 'previews');
