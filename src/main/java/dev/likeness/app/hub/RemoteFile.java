package dev.likeness.app.hub;

import org.jspecify.annotations.Nullable;

/**
 * A file of a repository.
 *
 * @param path in the repository
 * @param size in bytes
 * @param checksum null if the hub has none
 * @param weights whether it belongs to the weights, which are downloaded last
 */
record RemoteFile(String path, long size, @Nullable Checksum checksum, boolean weights) {

    boolean isIndex() {
        return path.endsWith(".json");
    }
}
