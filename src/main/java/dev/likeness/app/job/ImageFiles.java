package dev.likeness.app.job;

import java.util.Optional;
import java.util.UUID;

/** Finds files of one kind of image. */
public interface ImageFiles {

    /** An image's file; empty if the caller does not own such an image. */
    Optional<ImageFile> file(UUID imageId);
}
