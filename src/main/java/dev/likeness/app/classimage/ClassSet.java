package dev.likeness.app.classimage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A set of images of a class. It is immutable.
 *
 * @param name its description
 * @param images their number
 * @param captions how many of them have a caption
 * @param duplicates names of the files that were left out, because the set already had the same image
 */
public record ClassSet(UUID id, String name, int images, int captions, List<String> duplicates, Instant createdAt) {

    public ClassSet {
        duplicates = List.copyOf(duplicates);
    }
}
