package dev.likeness.app.adapter;

import java.time.Instant;
import java.util.UUID;

/**
 * An uploaded adapter. Never changed.
 *
 * @param name for people
 * @param model id of the base model that it was checked against
 * @param format whose names its tensors have: {@code diffusers, peft, kohya, a1111}
 * @param fileName what it is called where it is downloaded
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
