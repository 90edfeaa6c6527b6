package dev.likeness.app.adapter;

import dev.likeness.app.artifact.NamedFile;
import dev.likeness.diffusion.adapter.AdapterFormat;
import java.time.Instant;
import java.util.UUID;

/**
 * An uploaded adapter. It is immutable.
 *
 * @param name its description
 * @param model id of the base model that it was checked against
 * @param format of its tensor names
 */
public record Adapter(
        UUID id,
        String name,
        String model,
        AdapterKind kind,
        AdapterFormat format,
        NamedFile file,
        AdapterContents contents,
        Instant createdAt) {}
