package dev.likeness.app.hub;

/**
 * How much of a repository's weights is downloaded.
 *
 * @param bytes downloaded, at most {@code total}
 * @param total size of all needed weights
 */
public record DownloadProgress(long bytes, long total) {}
