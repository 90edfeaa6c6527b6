package dev.likeness.app.web.adapter;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.AdapterContents;
import dev.likeness.app.web.http.Links;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Adapter")
record AdapterView(
        UUID id,

        String object,

        String name,

        String model,

        @Schema(allowableValues = {"lora", "embedding"}) String kind,

        @Schema(allowableValues = {"diffusers", "peft", "kohya", "a1111"})
        String format,

        @Schema(nullable = true) @Nullable Integer rank,

        @Schema(
                nullable = true,
                allowableValues = {"attention", "linear", "all"})
        @Nullable
        String targets,

        Map<String, Integer> layers,

        List<String> towers,

        @Schema(nullable = true) @Nullable String placeholder,

        @Schema(nullable = true) @Nullable Integer vectors,

        List<String> words,

        List<String> outputTowers,

        String fileName,

        long size,

        String sha256,

        Instant createdAt,

        URI url) {

    static AdapterView of(Adapter adapter) {
        AdapterContents contents = adapter.contents();
        return new AdapterView(
                adapter.id(),
                "adapter",
                adapter.name(),
                adapter.model(),
                adapter.kind().wire(),
                adapter.format(),
                contents.lora().rank(),
                contents.lora().targets(),
                contents.lora().layers(),
                contents.towers(),
                contents.embeddings().placeholder(),
                contents.embeddings().vectors(),
                contents.embeddings().words(),
                contents.embeddings().outputTowers(),
                adapter.file().name(),
                adapter.file().size(),
                adapter.file().sha256(),
                adapter.createdAt(),
                Links.adapterFile(adapter.id()));
    }

    @Schema(name = "AdapterPage")
    record AdapterPageView(
            List<AdapterView> results,

            @Schema(nullable = true) @Nullable URI next,

            @Schema(nullable = true) @Nullable URI previous) {}
}
