package dev.likeness.app.artifact;

/**
 * A file of the artifact store that has a name for downloads.
 *
 * @param sha256 of its content, 64 lower-case hexadecimal digits; also its name in the store
 * @param size bytes
 */
public record NamedFile(String name, String sha256, long size) {}
