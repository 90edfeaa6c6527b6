package dev.likeness.app.caption;

import dev.likeness.app.task.Lease;
import java.util.UUID;

/** Captions that were asked for, as their worker gets them. */
public record LeasedCaptions(Lease lease, UUID subjectId, String classWord, CaptionSpec spec) {}
