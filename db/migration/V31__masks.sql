-- Masks of pictures.
alter table subject_picture add column mask_sha256 text references stored_file;
alter table subject_picture add column mask_share double precision check (mask_share > 0 and mask_share <= 1);
create index subject_picture_mask on subject_picture (mask_sha256);
