package dev.likeness.app.web.job;

import dev.likeness.app.job.ChosenCheckpoint;
import dev.likeness.app.job.Failure;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobEngine;
import dev.likeness.app.job.JobMemory;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.Phase;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.openapi.Examples;
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

@Schema(name = "Job", description = "One training job, from its pictures to its images and scores.")
public record JobView(
        @Schema(description = "Id.", example = "0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60")
        UUID id,

        @Schema(description = "Always job.", example = "job")
        String object,

        @Schema(
                description = "Where it stands. succeeded, failed and canceled are final.",
                example = "processing",
                allowableValues = {"queued", "starting", "processing", "succeeded", "failed", "canceled"})
        String status,

        @Schema(
                description = "What the worker is at; null unless it is at something.",
                example = "training",
                nullable = true,
                allowableValues = {"preparing", "prior_images", "training", "sampling", "evaluating", "exporting"})
        @Nullable
        String phase,

        @Schema(description = "How far it is.", schemaResolution = SchemaResolution.ALL_OF_REF)
        ProgressView progress,

        @Schema(
                description =
                        "Place among the waiting jobs, 1 for the next one; null if it does not wait, or behind a thousand others.",
                example = "1",
                nullable = true)
        @Nullable
        Integer queuePosition,

        @Schema(description = "Id of the subject, which other jobs may have too.", example = Examples.SUBJECT)
        UUID subjectId,

        @Schema(description = "What the subject is, in one word.", example = "teapot")
        String classWord,

        @Schema(description = "The rare word that stands for the subject.", example = "sks")
        String identifier,

        @Schema(description = "Training method.", example = "dreambooth")
        String method,

        @Schema(description = "Id of the base model.", example = "likeness/tiny-world")
        String model,

        @Schema(description = "Everything it is run with.", schemaResolution = SchemaResolution.ALL_OF_REF)
        JobSpec spec,

        @Schema(
                description = "What it is planned to take of a device's memory; null if nobody can tell.",
                nullable = true,
                schemaResolution = SchemaResolution.INLINE)
        @Nullable
        MemoryPlanView memoryPlan,

        @Schema(
                description = "The engine of the worker that works on it, or did last; null until a worker does.",
                nullable = true,
                schemaResolution = SchemaResolution.INLINE)
        @Nullable
        EngineView engine,

        @Schema(description = "The pictures as they were understood.", schemaResolution = SchemaResolution.ALL_OF_REF)
        InputReportView inputReport,

        @Schema(
                description = "What each picture is trained with, one caption each in their order; empty with prompts"
                        + " alone, or while they are yet to be proposed.")
        List<CaptionView> captions,

        @Schema(
                description = "The weights that are its result, and why they are; null until training is over.",
                nullable = true,
                schemaResolution = SchemaResolution.INLINE)
        @Nullable
        ChosenView checkpoint,

        @Schema(description = "How faithful its images are; empty until they are scored.")
        List<ScoreView> scores,

        @Schema(
                description = "What the scores of its checkpoints suggest; empty where there is nothing to say, and"
                        + " until training is over.")
        List<AdviceView> guidance,

        @Schema(
                description =
                        "Its images, results first, without those that judge checkpoints; empty until there are any.")
        List<ImageView> images,

        @Schema(
                description = "Why it failed; null unless it did.",
                nullable = true,
                schemaResolution = SchemaResolution.INLINE)
        @Nullable
        ErrorView error,

        @Schema(description = "How long it took, and what it needed.", schemaResolution = SchemaResolution.ALL_OF_REF)
        MetricsView metrics,

        @Schema(description = "When it was submitted.", example = "2026-01-31T12:00:00.123456Z")
        Instant createdAt,

        @Schema(description = "When a worker first had it.", example = "2026-01-31T12:00:01.123456Z", nullable = true)
        @Nullable
        Instant startedAt,

        @Schema(description = "When it became final.", example = "2026-01-31T12:03:30.123456Z", nullable = true)
        @Nullable
        Instant completedAt,

        @Schema(
                description = "When it is deleted with everything it made; null for never.",
                example = "2026-03-02T12:03:30.123456Z",
                nullable = true)
        @Nullable
        Instant expiresAt,

        @Schema(description = "Where to go on from here.", schemaResolution = SchemaResolution.ALL_OF_REF)
        UrlsView urls) {

    /** What a view holds besides the job itself. */
    record Surroundings(
            @Nullable Integer queuePosition,
            InputReportView inputReport,
            List<ScoreView> scores,
            List<AdviceView> guidance,
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
                around.guidance(),
                around.images(),
                error == null ? null : ErrorView.of(error),
                MetricsView.of(job),
                job.createdAt(),
                job.startedAt(),
                job.completedAt(),
                job.expiresAt(),
                UrlsView.of(job.id()));
    }

    @Schema(name = "Engine", description = "The engine that computes a job, and how it is known to compute right.")
    record EngineView(
            @Schema(
                    description =
                            "The check it passed when its worker started, before any job: the operators of networks in each"
                                    + " precision against the same in double precision, and in fp32 those of training steps"
                                    + " too; null if the worker is set to leave it out.",
                    example = "41 operators agree with fp64 in fp32, bf16, fp16",
                    nullable = true)
            @Nullable
            String check,

            @Schema(description = "Version of the worker's software.", example = "1.0.0")
            String workerVersion,

            @Schema(
                    description =
                            "A setting of the engine's libraries that the worker runs with, because it computed wrongly"
                                    + " without or an operator wants it; null if there is none.",
                    example = "ONEDNN_MAX_CPU_ISA=AVX",
                    nullable = true)
            @Nullable
            String setting) {

        static @Nullable EngineView of(@Nullable JobEngine engine) {
            return engine == null ? null : new EngineView(engine.check(), engine.workerVersion(), engine.setting());
        }
    }

    @Schema(name = "ChosenCheckpoint", description = "The weights that are a job's result.")
    record ChosenView(
            @Schema(description = "Training steps done.", example = "300")
            int step,

            @Schema(
                    description = "What they were chosen for: last, the end of training; score, the best one; user,"
                            + " somebody wanted them.",
                    example = "score",
                    allowableValues = {"last", "score", "user"})
            String by,

            @Schema(
                    description = "Why, with the figures.",
                    example = "its clip_i of 0.681 is the highest of 4 checkpoints")
            String reason) {

        static @Nullable ChosenView of(@Nullable ChosenCheckpoint chosen) {
            return chosen == null
                    ? null
                    : new ChosenView(chosen.step(), chosen.by().wire(), chosen.reason());
        }
    }

    @Schema(name = "Metrics", description = "How long a job took, and what it needed.")
    record MetricsView(
            @Schema(
                    description = "Seconds it waited for a worker; null while it waits.",
                    example = "0.8",
                    nullable = true)
            @Nullable
            Double queuedSeconds,

            @Schema(
                    description = "Seconds spent in each phase that is over.",
                    example = "{\"preparing\": 1.2, \"training\": 104.5}")
            Map<String, Double> phaseSeconds,

            @Schema(
                    description = "Training steps a second; null until training is over.",
                    example = "3.8",
                    nullable = true)
            @Nullable
            Double stepsPerSecond,

            @Schema(
                    description = "The most memory the worker held, in bytes; null if nobody looked.",
                    example = "1610612736",
                    nullable = true)
            @Nullable
            Long peakMemoryBytes) {

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

    @Schema(name = "JobUrls", description = "Where to go on from a job.")
    record UrlsView(
            @Schema(
                    description = "The job.",
                    example = "http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60")
            URI get,

            @Schema(
                    description = "POST to cancel it.",
                    example = "http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/cancel")
            URI cancel,

            @Schema(
                    description = "What happens to it, as server-sent events.",
                    example = "http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/events")
            URI events,

            @Schema(
                    description = "Its images.",
                    example = "http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/images")
            URI images,

            @Schema(
                    description = "Its scored checkpoints.",
                    example = "http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/checkpoints")
            URI checkpoints,

            @Schema(
                    description = "Its scores.",
                    example = "http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/scores")
            URI scores,

            @Schema(
                    description = "Its files for other programs.",
                    example = "http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/artifacts")
            URI artifacts,

            @Schema(
                    description = "Its report, a page for people.",
                    example = "http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/report")
            URI report) {

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
