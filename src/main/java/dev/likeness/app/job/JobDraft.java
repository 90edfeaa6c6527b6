package dev.likeness.app.job;

/** A job that could be submitted, once its pictures are there. */
public record JobDraft(String classWord, JobSpec spec) {}
