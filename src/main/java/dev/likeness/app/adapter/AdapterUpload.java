package dev.likeness.app.adapter;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An adapter as it was sent.
 *
 * @param fileName as the client calls it
 * @param file where it lies meanwhile
 * @param name for people; null for the file's
 * @param model id of the base model; null for the default one
 * @param placeholder what embeddings are to stand for; null for the word in the file, or its name
 */
public record AdapterUpload(
        String fileName,
        Path file,
        @Nullable String name,
        @Nullable String model,
        @Nullable String placeholder) {}
