package dev.likeness.app.hub;

import java.nio.file.Path;

/**
 * A repository at a commit.
 *
 * @param folder of its downloaded files
 * @param isWhole whether all needed files are there; otherwise the weights are missing, and files named
 *     {@code *.safetensors.header} have the headers of safetensors weights
 */
public record Snapshot(String commit, Path folder, boolean isWhole) {

    /** The suffix of files with headers. */
    public static final String HEADER = ".header";
}
