package dev.likeness.app.web.evaluation;

import dev.likeness.app.job.EvaluationResults;
import dev.likeness.app.job.EvaluationSpec;
import dev.likeness.app.job.EvaluationTable;
import dev.likeness.app.job.EvaluationTask;
import dev.likeness.app.job.Evaluations;
import dev.likeness.app.web.http.PatientAnswers;
import dev.likeness.app.web.http.Preference;
import dev.likeness.app.web.idempotency.Creates;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Examples;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.json.JsonMapper;

/** Tables of scores over finished jobs. */
@RestController
@RequestMapping("/v1/evaluations")
@Tag(name = DocumentOrder.EVALUATIONS)
class EvaluationController {

    private static final String MARKDOWN = "text/markdown;charset=UTF-8";

    private final Evaluations evaluations;
    private final EvaluationResults results;
    private final PatientAnswers answers;
    private final JsonMapper json;

    EvaluationController(Evaluations evaluations, EvaluationResults results, PatientAnswers answers, JsonMapper json) {
        this.evaluations = evaluations;
        this.results = results;
        this.answers = answers;
        this.json = json;
    }

    @Creates
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createEvaluation",
            summary = "Compare schedulers",
            description =
                    "Has every job that is named, which has to have succeeded, draw the same prompts from the same"
                            + " seeds with each sampler and number of steps, and scores the images: one row of a table for each."
                            + " At most 64 rows and 4096 images. What is left out is as in the seed study: DDIM and PNDM with 50"
                            + " and 80 steps, a photo of a {subject}; guidance, negative prompt, size and seed are as in each"
                            + " job's own sampling. Nothing is drawn anew in a step of DDIM (its eta is 0). A job is not"
                            + " deleted while an unfinished evaluation draws with it; afterwards its rows go with it.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            description = "What to compare.",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = EvaluationSpec.class))))
    @ApiResponse(
            responseCode = "201",
            description = "The evaluation, which was final within the time to wait.",
            headers =
                    @Header(
                            name = "Location",
                            description = "Where the evaluation is.",
                            schema = @Schema(type = "string", format = "uri")))
    @ApiResponse(
            responseCode = "202",
            description = "The evaluation, which waits for a worker now.",
            headers =
                    @Header(
                            name = "Location",
                            description = "Where the evaluation is.",
                            schema = @Schema(type = "string", format = "uri")))
    @Refuses({
        ProblemType.UNREADABLE_REQUEST,
        ProblemType.NOT_FOUND,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_REQUEST
    })
    DeferredResult<ResponseEntity<EvaluationView>> submit(
            @RequestBody Map<String, Object> request,
            @Parameter(in = ParameterIn.HEADER, description = Preference.DESCRIPTION, example = "wait=30")
                    @RequestHeader(name = Preference.HEADER, required = false)
                    @Nullable
                    String prefer) {
        EvaluationTask task = evaluations.submit(json.valueToTree(request));
        EvaluationView view = view(task);
        return answers.answer(
                prefer,
                task.id(),
                ResponseEntity.accepted().location(view.urls().get()).body(view),
                () -> view(evaluations.get(task.id())));
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getEvaluation",
            summary = "Get an evaluation",
            description = "The evaluation as it is now, with the rows that are finished.")
    @ApiResponse(responseCode = "200", description = "The evaluation.")
    @ApiResponse(responseCode = "304", description = "It is what the client has.", content = @Content)
    @Refuses(ProblemType.NOT_FOUND)
    EvaluationView get(
            @Parameter(description = "Id of the evaluation.", example = Examples.EVALUATION) @PathVariable UUID id) {
        return view(evaluations.get(id));
    }

    @GetMapping(path = "/{id}/table", produces = MARKDOWN)
    @Operation(
            operationId = "getEvaluationTable",
            summary = "Print an evaluation",
            description = "The rows that are finished as a table in Markdown: scheduler, steps, prior preservation and"
                    + " scores, each with its 95 % interval; below it what was measured with.")
    @ApiResponse(
            responseCode = "200",
            description = "The table.",
            content =
                    @Content(
                            mediaType = MARKDOWN,
                            schema = @Schema(type = "string", format = "binary"),
                            examples = @ExampleObject("""
                                    | Scheduler | Steps | Prior preservation | CLIP-I |
                                    |---|---:|---|---|
                                    | DDIM | 50 | with | 0.646 [0.612, 0.681] |
                                    """)))
    @Refuses(ProblemType.NOT_FOUND)
    ResponseEntity<String> table(
            @Parameter(description = "Id of the evaluation.", example = Examples.EVALUATION) @PathVariable UUID id) {
        EvaluationTask task = evaluations.get(id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(MARKDOWN))
                .body(new EvaluationTable(
                                task.spec(), results.rows(id), task.status().isFinal())
                        .markdown());
    }

    @PostMapping(path = "/{id}/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "cancelEvaluation",
            summary = "Cancel an evaluation",
            description =
                    "A waiting evaluation is canceled at once. A running one stops within one sampler step, and is"
                            + " canceled then. Rows that are finished stay.")
    @Refuses({ProblemType.NOT_FOUND, ProblemType.WRONG_STATE})
    EvaluationView cancel(
            @Parameter(description = "Id of the evaluation.", example = Examples.EVALUATION) @PathVariable UUID id) {
        return view(evaluations.cancel(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteEvaluation",
            summary = "Delete an evaluation",
            description = "Deletes the evaluation with its rows and images; its jobs stay. One that a worker has is"
                    + " refused: cancel it first, and delete it once it is canceled.")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @Refuses({ProblemType.NOT_FOUND, ProblemType.WRONG_STATE})
    void delete(
            @Parameter(description = "Id of the evaluation.", example = Examples.EVALUATION) @PathVariable UUID id) {
        evaluations.delete(id);
    }

    private EvaluationView view(EvaluationTask task) {
        return EvaluationView.of(task, results.rows(task.id()), results.images(task.id()));
    }
}
