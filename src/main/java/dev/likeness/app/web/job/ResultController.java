package dev.likeness.app.web.job;

import dev.likeness.app.job.ImageFile;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Verdicts;
import dev.likeness.app.web.http.FileAnswers;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Downloads;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import dev.likeness.app.web.view.ImageView;
import dev.likeness.app.web.view.ImageViews;
import dev.likeness.app.web.view.ScoreView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The results of jobs. */
@RestController
@Tag(name = DocumentOrder.RESULTS)
class ResultController {

    private static final String ANY_IMAGE = "image/*";

    private final Jobs jobs;
    private final JobResults results;
    private final FileAnswers files;

    ResultController(Jobs jobs, JobResults results, FileAnswers files) {
        this.jobs = jobs;
        this.results = results;
        this.files = files;
    }

    @GetMapping(path = Paths.JOB_IMAGES, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listJobImages")
    @Problems(ProblemType.NOT_FOUND)
    ImagesView images(@PathVariable UUID id) {
        List<UUID> ids = List.of(jobs.get(id).id());
        return new ImagesView(ImageViews.of(
                results.imagesOfJobs(ids).getOrDefault(id, List.of()),
                results.scoresOf(ids).getOrDefault(id, List.of())));
    }

    @GetMapping(path = Paths.JOB_SCORES, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listJobScores")
    @Problems(ProblemType.NOT_FOUND)
    ScoresView scores(@PathVariable UUID id) {
        List<Score> scores = results.scoresOf(List.of(jobs.get(id).id())).getOrDefault(id, List.of());
        return new ScoresView(ScoreView.of(scores, new Verdicts(scores)));
    }

    @GetMapping(path = Paths.IMAGE, produces = ANY_IMAGE)
    @Operation(operationId = "downloadImage")
    @Downloads
    ResponseEntity<Resource> image(@PathVariable UUID id) {
        ImageFile file = results.imageFile(id);
        String name = "%s.%s".formatted(id, file.format().wire());
        return files.image(
                name, file.sha256(), MediaType.parseMediaType(file.format().mediaType()));
    }

    @Schema(name = "Images")
    record ImagesView(List<ImageView> results) {}

    @Schema(name = "Scores")
    record ScoresView(List<ScoreView> results) {}
}
