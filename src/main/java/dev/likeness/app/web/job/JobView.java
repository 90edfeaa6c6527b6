package dev.likeness.app.web.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobEngine;
import dev.likeness.app.job.TrainingState;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.task.Phase;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.subject.InputReportView;
import dev.likeness.app.web.view.CaptionView;
import dev.likeness.app.web.view.ImageView;
import dev.likeness.app.web.view.ScoreView;
import dev.likeness.app.web.view.TaskHeaderView;
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
        @JsonUnwrapped TaskHeaderView header,

        @JsonUnwrapped RequestView request,

        @JsonUnwrapped RunView run,

        @JsonUnwrapped InputView input,

        @JsonUnwrapped OutputView output,

        UrlsView urls) {

    /** The parts of a view besides the job itself. */
    record Surroundings(
            @Nullable Integer queuePosition,
            InputReportView inputReport,
            List<ScoreView> scores,
            List<AdviceView> advice,
            List<ImageView> images) {}

    static JobView of(Job job, Surroundings around) {
        return new JobView(
                TaskHeaderView.of(job, "job"),
                RequestView.of(job),
                RunView.of(job, around.queuePosition()),
                InputView.of(job, around.inputReport()),
                new OutputView(
                        ChosenView.of(job.chosen()),
                        StateView.of(job.trainingState()),
                        around.scores(),
                        around.advice(),
                        around.images()),
                UrlsView.of(job.id()));
    }

    /** What was requested. */
    record RequestView(
            UUID subjectId,
            String classWord,
            String identifier,
            String method,
            String model,
            JobSpec spec,

            @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
            ContinuedView continuedFrom) {

        static RequestView of(Job job) {
            return new RequestView(
                    job.subjectId(),
                    job.classWord(),
                    job.identifier(),
                    job.method(),
                    job.model(),
                    job.spec(),
                    ContinuedView.of(job));
        }
    }

    @Schema(name = "Continuation")
    record ContinuedView(@Schema(nullable = true) @Nullable UUID jobId, int step) {

        static @Nullable ContinuedView of(Job job) {
            Integer step = job.continuedStep();
            return step == null ? null : new ContinuedView(job.continuedJobId(), step);
        }
    }

    @Schema(name = "TrainingState")
    record StateView(
            int step,
            long size,
            TrainingState.Status status,

            @Schema(nullable = true) @Nullable Instant keptUntil) {

        static @Nullable StateView of(@Nullable TrainingState state) {
            return state == null ? null : new StateView(state.step(), state.size(), state.status(), state.keptUntil());
        }
    }

    /** Where and how the job runs. */
    record RunView(
            @Schema(nullable = true) @Nullable Phase phase,

            @Schema(nullable = true) @Nullable Integer queuePosition,

            @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
            MemoryPlanView memoryPlan,

            @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
            EngineView engine,

            MetricsView metrics,

            @Schema(nullable = true) @Nullable Instant expiresAt) {

        static RunView of(Job job, @Nullable Integer queuePosition) {
            JobMemory memory = job.memory();
            return new RunView(
                    job.phase(),
                    queuePosition,
                    memory == null ? null : MemoryPlanView.of(memory),
                    EngineView.of(job.engine()),
                    MetricsView.of(job),
                    job.expiresAt());
        }
    }

    /** The pictures and their captions. */
    record InputView(InputReportView inputReport, List<CaptionView> captions) {

        static InputView of(Job job, InputReportView inputReport) {
            return new InputView(
                    inputReport, CaptionView.of(job.captions(), it -> job.spec().expand(it, job.classWord())));
        }
    }

    /** The result so far. */
    record OutputView(
            @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
            ChosenView checkpoint,

            @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
            StateView trainingState,

            List<ScoreView> scores,

            List<AdviceView> advice,

            List<ImageView> images) {

        /** The former name of {@link #advice}, for clients of earlier releases. */
        @JsonProperty
        @Schema(deprecated = true)
        List<AdviceView> guidance() {
            return advice;
        }
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
            ChosenCheckpoint.By by,
            String reason,

            @Schema(nullable = true) @Nullable WeightsKind weights) {

        static @Nullable ChosenView of(@Nullable ChosenCheckpoint chosen) {
            return chosen == null
                    ? null
                    : new ChosenView(chosen.step(), chosen.by(), chosen.reason(), chosen.weights());
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
                    Links.to(Paths.JOB, id),
                    Links.to(Paths.JOB_CANCEL, id),
                    Links.to(Paths.JOB_EVENTS, id),
                    Links.to(Paths.JOB_IMAGES, id),
                    Links.to(Paths.JOB_CHECKPOINTS, id),
                    Links.to(Paths.JOB_SCORES, id),
                    Links.to(Paths.JOB_ARTIFACTS, id),
                    Links.to(Paths.JOB_REPORT, id));
        }
    }
}
