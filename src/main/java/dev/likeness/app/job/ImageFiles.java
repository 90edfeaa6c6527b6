package dev.likeness.app.job;

import java.util.Optional;
import java.util.UUID;

/** Finds files of one kind of image. */
public interface ImageFiles {

    /** The hash of an image's file; empty unless the present owner has such an image. */
    Optional<String> file(UUID imageId);
}
