package dev.likeness.app.adapter;

import java.time.Instant;
import java.util.UUID;

/**
 * An uploaded adapter. It is immutable.
 *
 * @param name its description
 * @param model id of the base model that it was checked against
 * @param format of its tensor names: {@code diffusers, peft, kohya, a1111}
 * @param fileName its name for downloads
 * @param fileSha256 file in the artifact store
 * @param size bytes
 */
public record Adapter(
        UUID id,
        String name,
        String model,
        AdapterKind kind,
        String format,
        String fileName,
        String fileSha256,
        long size,
        AdapterContents contents,
        Instant createdAt) {}
