package dev.likeness.app.web.generation;

import dev.likeness.app.job.Failure;
import dev.likeness.app.job.Generation;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.Score;
import dev.likeness.app.job.UsedAdapter;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.openapi.Examples;
import dev.likeness.app.web.view.ErrorView;
import dev.likeness.app.web.view.ImageView;
import dev.likeness.app.web.view.ImageViews;
import dev.likeness.app.web.view.ProgressView;
import dev.likeness.app.web.view.ScoreView;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Generation", description = "More images from a finished job.")
record GenerationView(
        @Schema(description = "Id.", example = "0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f")
        UUID id,

        @Schema(description = "Always generation.", example = "generation")
        String object,

        @Schema(description = "Id of the job whose weights draw.", example = "0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60")
        UUID jobId,

        @Schema(
                description = "Where it stands. succeeded, failed and canceled are final.",
                example = "succeeded",
                allowableValues = {"queued", "starting", "processing", "succeeded", "failed", "canceled"})
        String status,

        @Schema(description = "How far it is.", schemaResolution = SchemaResolution.ALL_OF_REF)
        ProgressView progress,

        @Schema(description = "Everything it is run with.", schemaResolution = SchemaResolution.ALL_OF_REF)
        JobSpec.Sampling spec,

        @Schema(description = "What it draws with besides its job's own weights; empty if there is nothing.")
        List<UsedAdapterView> adapters,

        @Schema(description = "Its images; empty until there are any.")
        List<ImageView> images,

        @Schema(
                description =
                        "How faithful they are to the job's subject and to their prompts; empty until all are there.")
        List<ScoreView> scores,

        @Schema(
                description = "Why it failed; null unless it did.",
                nullable = true,
                schemaResolution = SchemaResolution.INLINE)
        @Nullable
        ErrorView error,

        @Schema(description = "When it was submitted.", example = "2026-01-31T12:10:00.123456Z")
        Instant createdAt,

        @Schema(description = "When a worker first had it.", example = "2026-01-31T12:10:01.123456Z", nullable = true)
        @Nullable
        Instant startedAt,

        @Schema(description = "When it became final.", example = "2026-01-31T12:10:09.123456Z", nullable = true)
        @Nullable
        Instant completedAt,

        @Schema(description = "Where to go on from here.", schemaResolution = SchemaResolution.ALL_OF_REF)
        GenerationUrlsView urls) {

    static GenerationView of(Generation generation, List<JobImage> images, List<Score> scores) {
        Failure error = generation.error();
        return new GenerationView(
                generation.id(),
                "generation",
                generation.jobId(),
                generation.status().wire(),
                ProgressView.of(generation),
                generation.spec(),
                generation.adapters().stream().map(UsedAdapterView::of).toList(),
                ImageViews.of(images, scores),
                scores.stream().map(ScoreView::of).toList(),
                error == null ? null : ErrorView.of(error),
                generation.createdAt(),
                generation.startedAt(),
                generation.completedAt(),
                new GenerationUrlsView(
                        Links.generation(generation.id()),
                        Links.cancelGeneration(generation.id()),
                        Links.job(generation.jobId())));
    }

    @Schema(name = "UsedAdapter", description = "Something a generation draws with besides its job's own weights.")
    record UsedAdapterView(
            @Schema(
                    description = "Id of the uploaded adapter; null if it is a job's. It may be deleted since.",
                    example = Examples.ADAPTER,
                    nullable = true)
            @Nullable
            UUID id,

            @Schema(
                    description = "Id of the job that learned it; null if it was uploaded. It may be deleted since.",
                    example = Examples.JOB,
                    nullable = true)
            @Nullable
            UUID jobId,

            @Schema(
                    description = "What it is.",
                    example = "lora",
                    allowableValues = {"lora", "embedding"})
            String kind,

            @Schema(description = "How much of a LoRA counts in the UNet.", example = "0.8")
            double unetScale,

            @Schema(description = "The same in the text towers.", example = "1.0")
            double textScale,

            @Schema(
                    description = "Word that embeddings stand for; null for a LoRA, and for a file of several words.",
                    example = "<my-owl>",
                    nullable = true)
            @Nullable
            String placeholder,

            @Schema(
                    description = "SHA-256 of the file, hexadecimal.",
                    example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
            String sha256) {

        static UsedAdapterView of(UsedAdapter used) {
            return new UsedAdapterView(
                    used.id(),
                    used.jobId(),
                    used.kind().wire(),
                    used.unetScale(),
                    used.textScale(),
                    used.placeholder(),
                    used.fileSha256());
        }
    }

    @Schema(name = "GenerationUrls", description = "Where to go on from a generation.")
    record GenerationUrlsView(
            @Schema(
                    description = "The generation.",
                    example = "http://localhost:8080/v1/generations/0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f")
            URI get,

            @Schema(
                    description = "Cancels it.",
                    example = "http://localhost:8080/v1/generations/0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f/cancel")
            URI cancel,

            @Schema(
                    description = "Its job.",
                    example = "http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60")
            URI job) {}
}
