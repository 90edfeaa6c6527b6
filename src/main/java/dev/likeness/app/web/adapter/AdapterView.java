package dev.likeness.app.web.adapter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.AdapterContents;
import dev.likeness.app.adapter.AdapterKind;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.view.FileView;
import dev.likeness.diffusion.adapter.AdapterFormat;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LoraTargets;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Adapter")
record AdapterView(
        @JsonUnwrapped IdentityView identity,

        String model,

        AdapterKind kind,

        AdapterFormat format,

        @JsonUnwrapped LoraView lora,

        List<String> towers,

        @JsonUnwrapped EmbeddingsView embeddings,

        @JsonUnwrapped FileView file) {

    static AdapterView of(Adapter adapter) {
        AdapterContents contents = adapter.contents();
        return new AdapterView(
                IdentityView.of(adapter),
                adapter.model(),
                adapter.kind(),
                adapter.format(),
                LoraView.of(contents.lora()),
                contents.towers(),
                EmbeddingsView.of(contents.embeddings()),
                FileView.of(adapter.file()));
    }

    record IdentityView(UUID id, String object, String name, Instant createdAt, URI url) {

        static IdentityView of(Adapter adapter) {
            return new IdentityView(
                    adapter.id(),
                    "adapter",
                    adapter.name(),
                    adapter.createdAt(),
                    Links.to(Paths.ADAPTER_FILE, adapter.id()));
        }
    }

    record LoraView(
            @Schema(nullable = true) @Nullable Integer rank,

            @Schema(nullable = true) @Nullable LoraTargets targets,

            Map<String, Integer> layers,

            List<LayerKind> algorithms,

            boolean dora) {

        static LoraView of(AdapterContents.Lora lora) {
            return new LoraView(lora.rank(), lora.targets(), lora.layers(), lora.algorithms(), lora.dora());
        }
    }

    record EmbeddingsView(
            @Schema(nullable = true) @Nullable String placeholder,

            @Schema(nullable = true) @Nullable Integer vectors,

            List<String> words,

            List<String> outputTowers) {

        static EmbeddingsView of(AdapterContents.Embeddings embeddings) {
            return new EmbeddingsView(
                    embeddings.placeholder(), embeddings.vectors(), embeddings.words(), embeddings.outputTowers());
        }
    }

    @Schema(name = "AdapterPage")
    record AdapterPageView(
            List<AdapterView> results,

            @Schema(nullable = true) @Nullable URI next,

            @Schema(nullable = true) @Nullable URI previous) {}
}
