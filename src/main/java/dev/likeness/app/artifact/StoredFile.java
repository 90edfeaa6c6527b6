package dev.likeness.app.artifact;

/**
 * A file of the artifact store.
 *
 * @param sha256 of its content, 64 lower-case hexadecimal digits; also its name
 * @param size bytes
 * @param mediaType for instance {@code image/png}
 */
public record StoredFile(String sha256, long size, String mediaType) {}
