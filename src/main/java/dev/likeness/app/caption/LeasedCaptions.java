package dev.likeness.app.caption;

import dev.likeness.app.task.Lease;
import java.util.UUID;

/** Requested captions, in the form for workers. */
public record LeasedCaptions(Lease lease, UUID subjectId, String classWord, CaptionSpec spec) {}
