-- Chroma and hue of the scored images and of the subject's pictures; null for scores that compare no colours.
alter table score add column colours jsonb;
