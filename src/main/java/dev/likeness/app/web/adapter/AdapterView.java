package dev.likeness.app.web.adapter;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.AdapterContents;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.openapi.Examples;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Adapter", description = "A LoRA or embeddings that were made elsewhere.")
record AdapterView(
        @Schema(description = "Id.", example = Examples.ADAPTER)
        UUID id,

        @Schema(description = "Always adapter.", example = "adapter")
        String object,

        @Schema(description = "For people.", example = "watercolour")
        String name,

        @Schema(description = "Id of the base model it is for.", example = "likeness/tiny-world")
        String model,

        @Schema(
                description = "What it is.",
                example = "lora",
                allowableValues = {"lora", "embedding"})
        String kind,

        @Schema(
                description = "Whose names its tensors have.",
                example = "diffusers",
                allowableValues = {"diffusers", "peft", "kohya", "a1111"})
        String format,

        @Schema(
                description = "Rank of a LoRA, the largest of its layers; null for embeddings.",
                example = "16",
                nullable = true)
        @Nullable
        Integer rank,

        @Schema(
                description = "Layers that a LoRA changes: those of attention alone, linear ones alone, or others too;"
                        + " null for embeddings.",
                example = "attention",
                nullable = true,
                allowableValues = {"attention", "linear", "all"})
        @Nullable
        String targets,

        @Schema(
                description = "How many layers of each part of the model a LoRA changes; empty for embeddings.",
                example = "{\"unet\": 128, \"text_encoder\": 72}")
        Map<String, Integer> layers,

        @Schema(description = "Text towers that it changes.", example = "[\"text_encoder\"]")
        List<String> towers,

        @Schema(
                description = "Word that embeddings stand for in prompts; null for a LoRA, and for a file of several"
                        + " words.",
                example = "<my-owl>",
                nullable = true)
        @Nullable
        String placeholder,

        @Schema(
                description =
                        "How many embeddings the word stands for; null for a LoRA, and for a file of several words.",
                example = "4",
                nullable = true)
        @Nullable
        Integer vectors,

        @Schema(
                description =
                        "Words that a LoRA brings embeddings for besides, or that a file of several words has; prompts"
                                + " may use them.",
                example = "[\"<style>\"]")
        List<String> words,

        @Schema(
                description =
                        "Text towers of which embeddings take the place of what they say of the word, as the output"
                                + " embeddings of OneTrainer do; empty where the towers have the last word.",
                example = "[\"text_encoder\"]")
        List<String> outputTowers,

        @Schema(description = "What its file is called.", example = "watercolour.safetensors")
        String fileName,

        @Schema(description = "Bytes.", example = "3227464") long size,

        @Schema(
                description = "SHA-256 of the file, hexadecimal.",
                example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String sha256,

        @Schema(description = "When it was uploaded.", example = "2026-01-31T12:03:20.123456Z")
        Instant createdAt,

        @Schema(
                description = "Where the file is.",
                example = "http://localhost:8080/v1/adapters/0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a/file")
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
                contents.rank(),
                contents.targets(),
                contents.layers(),
                contents.towers(),
                contents.placeholder(),
                contents.vectors(),
                contents.words(),
                contents.outputTowers(),
                adapter.fileName(),
                adapter.size(),
                adapter.fileSha256(),
                adapter.createdAt(),
                Links.adapterFile(adapter.id()));
    }

    @Schema(name = "AdapterPage", description = "Some adapters, newest first.")
    record AdapterPageView(
            @Schema(description = "The adapters.") List<AdapterView> results,

            @Schema(
                    description = "Where older ones are; null if there are none.",
                    example = "http://localhost:8080/v1/adapters?limit=20&cursor=bzE3",
                    nullable = true)
            @Nullable
            URI next,

            @Schema(
                    description = "Where newer ones are; null if there are none.",
                    example = "http://localhost:8080/v1/adapters?limit=20&cursor=bjE3",
                    nullable = true)
            @Nullable
            URI previous) {}
}
