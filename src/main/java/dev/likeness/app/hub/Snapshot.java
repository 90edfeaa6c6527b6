package dev.likeness.app.hub;

import java.nio.file.Path;

/**
 * A repository as it was at a commit.
 *
 * @param folder what is there of it
 * @param isWhole whether that is all that is needed; otherwise the weights are missing, and of those in safetensors the
 *     headers stand in files named {@code *.safetensors.header}
 */
public record Snapshot(String commit, Path folder, boolean isWhole) {

    /** What names of files with headers end with. */
    public static final String HEADER = ".header";
}
