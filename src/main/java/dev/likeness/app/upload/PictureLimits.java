package dev.likeness.app.upload;

import org.springframework.util.unit.DataSize;

/**
 * How many pictures an upload may have.
 *
 * @param min fewest pictures
 * @param max most pictures
 * @param totalSize largest sum of their files, and largest archive
 */
public record PictureLimits(int min, int max, DataSize totalSize) {}
