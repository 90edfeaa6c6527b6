package dev.likeness.app.web.job;

import dev.likeness.app.job.TrainingViews;
import dev.likeness.app.web.http.FileAnswers;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The pictures of a job as its training sees them. */
@RestController
@Tag(name = DocumentOrder.JOBS)
class TrainingPictureController {

    private final TrainingViews views;

    TrainingPictureController(TrainingViews views) {
        this.views = views;
    }

    @GetMapping(path = Paths.JOB_PICTURE, produces = MediaType.IMAGE_PNG_VALUE)
    @Operation(operationId = "getTrainingPicture")
    @ApiResponse(responseCode = "200")
    @Problems({ProblemType.NOT_FOUND, ProblemType.STORAGE})
    ResponseEntity<Resource> picture(
            @PathVariable UUID id,
            @Parameter(schema = @Schema(type = "integer", minimum = "0")) @PathVariable int position) {
        return FileAnswers.rendered(views.of(id, position));
    }
}
