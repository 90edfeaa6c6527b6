package dev.likeness.app.job;

import java.util.Optional;
import java.util.UUID;

/** Finds files of one kind of image. */
public interface ImageFiles {

    /** The hash of an image's file; empty if the caller does not own such an image. */
    Optional<String> file(UUID imageId);
}
