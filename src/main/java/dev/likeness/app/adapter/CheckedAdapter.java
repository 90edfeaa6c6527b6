package dev.likeness.app.adapter;

import dev.likeness.diffusion.adapter.AdapterFormat;
import java.nio.file.Path;

/** An upload that fits its base model and is not stored yet. */
public record CheckedAdapter(
        Path file,
        String fileName,
        String name,
        String model,
        AdapterKind kind,
        AdapterFormat format,
        AdapterContents contents) {}
