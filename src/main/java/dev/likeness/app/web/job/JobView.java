package dev.likeness.app.web.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobEngine;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Phase;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.subject.InputReportView;
import dev.likeness.app.web.view.CaptionView;
import dev.likeness.app.web.view.ErrorView;
import dev.likeness.app.web.view.ImageView;
import dev.likeness.app.web.view.ProgressView;
import dev.likeness.app.web.view.ScoreView;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Job")
public record JobView(
        UUID id,

        String object,

        @Schema(allowableValues = {"queued", "starting", "processing", "succeeded", "failed", "canceled"})
        String status,

        @Schema(
                nullable = true,
                allowableValues = {"preparing", "prior_images", "training", "sampling", "evaluating", "exporting"})
        @Nullable
        String phase,

        ProgressView progress,

        @Schema(nullable = true) @Nullable Integer queuePosition,

        UUID subjectId,

        String classWord,

        String identifier,

        String method,

        String model,

        JobSpec spec,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        MemoryPlanView memoryPlan,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        EngineView engine,

        InputReportView inputReport,

        List<CaptionView> captions,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        ChosenView checkpoint,

        List<ScoreView> scores,

        List<AdviceView> advice,

        List<ImageView> images,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        ErrorView error,

        MetricsView metrics,

        Instant createdAt,

        @Schema(nullable = true) @Nullable Instant startedAt,

        @Schema(nullable = true) @Nullable Instant completedAt,

        @Schema(nullable = true) @Nullable Instant expiresAt,

        UrlsView urls) {

    /** The former name of {@link #advice}, for clients of earlier releases. */
    @JsonProperty
    @Schema(deprecated = true)
    List<AdviceView> guidance() {
        return advice;
    }

    /** What a view holds besides the job itself. */
    record Surroundings(
            @Nullable Integer queuePosition,
            InputReportView inputReport,
            List<ScoreView> scores,
            List<AdviceView> advice,
            List<ImageView> images) {}

    static JobView of(Job job, Surroundings around) {
        Phase phase = job.phase();
        Failure error = job.error();
        JobMemory memory = job.memory();
        return new JobView(
                job.id(),
                "job",
                job.status().wire(),
                phase == null ? null : phase.wire(),
                ProgressView.of(job),
                around.queuePosition(),
                job.subjectId(),
                job.classWord(),
                job.identifier(),
                job.method(),
                job.model(),
                job.spec(),
                memory == null ? null : MemoryPlanView.of(memory),
                EngineView.of(job.engine()),
                around.inputReport(),
                CaptionView.of(job.captions(), it -> job.spec().expand(it, job.classWord())),
                ChosenView.of(job.chosen()),
                around.scores(),
                around.advice(),
                around.images(),
                error == null ? null : ErrorView.of(error),
                MetricsView.of(job),
                job.createdAt(),
                job.startedAt(),
                job.completedAt(),
                job.expiresAt(),
                UrlsView.of(job.id()));
    }

    @Schema(name = "Engine")
    record EngineView(
            @Schema(nullable = true) @Nullable String check,

            String workerVersion,

            @Schema(nullable = true) @Nullable String setting) {

        static @Nullable EngineView of(@Nullable JobEngine engine) {
            return engine == null ? null : new EngineView(engine.check(), engine.workerVersion(), engine.setting());
        }
    }

    @Schema(name = "ChosenCheckpoint")
    record ChosenView(
            int step,

            @Schema(allowableValues = {"last", "score", "user"})
            String by,

            String reason) {

        static @Nullable ChosenView of(@Nullable ChosenCheckpoint chosen) {
            return chosen == null
                    ? null
                    : new ChosenView(chosen.step(), chosen.by().wire(), chosen.reason());
        }
    }

    @Schema(name = "Metrics")
    record MetricsView(
            @Schema(nullable = true) @Nullable Double queuedSeconds,

            Map<String, Double> phaseSeconds,

            @Schema(nullable = true) @Nullable Double stepsPerSecond,

            @Schema(nullable = true) @Nullable Long peakMemoryBytes) {

        static MetricsView of(Job job) {
            Instant started = job.startedAt();
            Map<String, Double> phases = new TreeMap<>();
            job.phaseSeconds().forEach((phase, seconds) -> phases.put(phase.wire(), seconds));
            return new MetricsView(
                    started == null
                            ? null
                            : Duration.between(job.createdAt(), started).toMillis() / 1000.0,
                    phases,
                    job.stepsPerSecond(),
                    job.peakMemoryBytes());
        }
    }

    @Schema(name = "JobUrls")
    record UrlsView(
            URI get, URI cancel, URI events, URI images, URI checkpoints, URI scores, URI artifacts, URI report) {

        static UrlsView of(UUID id) {
            return new UrlsView(
                    Links.job(id),
                    Links.cancel(id),
                    Links.events(id),
                    Links.images(id),
                    Links.checkpoints(id),
                    Links.scores(id),
                    Links.artifacts(id),
                    Links.report(id));
        }
    }
}
