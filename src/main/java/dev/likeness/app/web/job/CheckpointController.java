package dev.likeness.app.web.job;

import dev.likeness.app.job.Checkpoints;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Verdicts;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import dev.likeness.app.web.view.ImageView;
import dev.likeness.app.web.view.ImageViews;
import dev.likeness.app.web.view.ScoreView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The checkpoints of a job's training, and the choice of its result. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.CHECKPOINTS)
class CheckpointController {

    private static final Set<ImageRole> JUDGED = EnumSet.of(ImageRole.EVALUATION, ImageRole.CLASS);
    private static final Set<ImageRole> RAW = EnumSet.of(ImageRole.RAW_EVALUATION, ImageRole.RAW_CLASS);

    private final Checkpoints checkpoints;
    private final Jobs jobs;
    private final JobResults results;
    private final JobViews views;

    CheckpointController(Checkpoints checkpoints, Jobs jobs, JobResults results, JobViews views) {
        this.checkpoints = checkpoints;
        this.jobs = jobs;
        this.results = results;
        this.views = views;
    }

    @GetMapping(Paths.JOB_CHECKPOINTS)
    @Operation(operationId = "listJobCheckpoints")
    @Problems(ProblemType.NOT_FOUND)
    CheckpointsView list(@PathVariable UUID id) {
        Job job = jobs.get(id);
        List<Score> scores = results.scoresOf(List.of(id)).getOrDefault(id, List.of());
        List<JobImage> images = results.imagesOfJob(id);
        return new CheckpointsView(checkpoints.of(id).stream()
                .map(it -> view(it, job, scores, images))
                .toList());
    }

    private static CheckpointView view(KeptCheckpoint checkpoint, Job job, List<Score> scores, List<JobImage> images) {
        ChosenCheckpoint chosen = job.chosen();
        int step = checkpoint.step();
        boolean averages = job.spec().training().average() != null;
        return CheckpointView.of(
                checkpoint,
                chosen != null && chosen.step() == step,
                scores(scores, ImageSet.CHECKPOINT, step),
                images(images, JUDGED, step),
                averages
                        ? new CheckpointView.RawView(
                                scores(scores, ImageSet.RAW_CHECKPOINT, step), images(images, RAW, step))
                        : null);
    }

    private static List<ScoreView> scores(List<Score> scores, ImageSet images, int step) {
        return ScoreView.of(
                scores.stream()
                        .filter(it -> it.images() == images && it.step() == step)
                        .toList(),
                new Verdicts(scores));
    }

    private static List<ImageView> images(List<JobImage> images, Set<ImageRole> roles, int step) {
        return ImageViews.of(
                images.stream()
                        .filter(it -> roles.contains(it.role()) && it.step() == step)
                        .toList(),
                List.of());
    }

    @PostMapping(Paths.JOB_CHECKPOINTS + "/{step}/choose")
    @Operation(operationId = "chooseJobCheckpoint")
    @ApiResponse(
            responseCode = "202",
            headers = @Header(name = "Location", schema = @Schema(type = "string", format = "uri")))
    @Problems({ProblemType.NOT_FOUND, ProblemType.WRONG_STATE, ProblemType.INVALID_REQUEST, ProblemType.QUOTA_EXCEEDED})
    ResponseEntity<JobView> choose(@PathVariable UUID id, @PathVariable int step) {
        JobView view = views.of(checkpoints.choose(id, step));
        return ResponseEntity.accepted().location(view.urls().get()).body(view);
    }

    @Schema(name = "Checkpoints")
    record CheckpointsView(List<CheckpointView> results) {}
}
