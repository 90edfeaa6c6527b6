-- Images of the plain class, drawn after training, show what it made of the class.
alter table job_image drop constraint job_image_role_check;
alter table job_image add constraint job_image_role_check
    check (role in ('result', 'before', 'class', 'preview', 'contact_sheet'));

-- Why there is no value.
alter table score add column reason text;
alter table score add constraint score_value_or_reason check ((value is null) = (reason is not null)) not valid;
