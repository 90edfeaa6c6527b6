-- What a job did, as a page for people and as figures for programs.
alter table job_artifact drop constraint job_artifact_kind_check;
alter table job_artifact add constraint job_artifact_kind_check
    check (kind in ('lora', 'embedding', 'model', 'config', 'report'));
alter table job_artifact drop constraint job_artifact_format_check;
alter table job_artifact add constraint job_artifact_format_check
    check (format in ('diffusers', 'kohya', 'a1111', 'likeness', 'json', 'html'));
