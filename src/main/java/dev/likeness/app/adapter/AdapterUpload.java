package dev.likeness.app.adapter;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded adapter before its check.
 *
 * @param fileName as the client named it
 * @param file its temporary location
 * @param name its description; null for the file's
 * @param model id of the base model; null for the default one
 * @param placeholder the placeholder token of embeddings; null for the word in the file, or the file's name
 */
public record AdapterUpload(
        String fileName,
        Path file,
        @Nullable String name,
        @Nullable String model,
        @Nullable String placeholder) {}
