package dev.likeness.app.web.evaluation;

import dev.likeness.app.evaluation.Evaluation;
import dev.likeness.app.evaluation.EvaluationResults;
import dev.likeness.app.evaluation.EvaluationTable;
import dev.likeness.app.evaluation.Evaluations;
import dev.likeness.app.web.http.Cursors;
import dev.likeness.app.web.http.LongPolling;
import dev.likeness.app.web.http.PageLimit;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.http.Preference;
import dev.likeness.app.web.openapi.Changes;
import dev.likeness.app.web.openapi.Deletes;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Polled;
import dev.likeness.app.web.openapi.Submits;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import dev.likeness.app.web.task.LabelFilter;
import dev.likeness.app.web.task.TaskChange;
import dev.likeness.app.web.task.TaskRequests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/** Tables of scores over finished jobs. */
@RestController
@Tag(name = DocumentOrder.EVALUATIONS)
class EvaluationController {

    private static final String MARKDOWN = "text/markdown;charset=UTF-8";

    private final Evaluations evaluations;
    private final EvaluationResults results;
    private final EvaluationViews views;
    private final TaskRequests requests;
    private final LongPolling answers;

    EvaluationController(
            Evaluations evaluations,
            EvaluationResults results,
            EvaluationViews views,
            TaskRequests requests,
            LongPolling answers) {
        this.evaluations = evaluations;
        this.results = results;
        this.views = views;
        this.requests = requests;
        this.answers = answers;
    }

    @Submits
    @PostMapping(
            path = Paths.EVALUATIONS,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createEvaluation",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = EvaluationForm.class))))
    DeferredResult<ResponseEntity<EvaluationView>> submit(
            @RequestBody ObjectNode request,
            @RequestHeader(name = Preference.HEADER, required = false) @Nullable String prefer) {
        Evaluation task = requests.submit(request, evaluations::submit);
        EvaluationView view = views.of(task);
        return answers.answer(prefer, task.id(), view.urls().get(), view, () -> views.get(task.id()));
    }

    @GetMapping(path = Paths.EVALUATIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listEvaluations")
    @Problems(ProblemType.INVALID_REQUEST)
    EvaluationPageView list(
            @RequestParam(name = LabelFilter.PARAMETER, required = false) @Nullable List<String> labels,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageLimit.check(limit);
        return views.of(evaluations.page(LabelFilter.read(labels), Cursors.read(cursor), limit));
    }

    @GetMapping(path = Paths.EVALUATION, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getEvaluation")
    @Polled
    EvaluationView get(@PathVariable UUID id) {
        return views.get(id);
    }

    @GetMapping(path = Paths.EVALUATION_TABLE, produces = MARKDOWN)
    @Operation(operationId = "getEvaluationTable")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MARKDOWN, schema = @Schema(type = "string", format = "binary")))
    @Problems(ProblemType.NOT_FOUND)
    ResponseEntity<String> table(@PathVariable UUID id) {
        Evaluation task = evaluations.get(id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(MARKDOWN))
                .body(new EvaluationTable(
                                task.spec(), results.rows(id), task.status().isFinal())
                        .markdown());
    }

    @PatchMapping(
            path = Paths.EVALUATION,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "updateEvaluation",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = TaskChange.Described.class))))
    @Changes
    EvaluationView change(@PathVariable UUID id, @RequestBody ObjectNode request) {
        return views.of(evaluations.change(id, requests.change(request)));
    }

    @PostMapping(path = Paths.EVALUATION_CANCEL, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "cancelEvaluation")
    @Problems({ProblemType.NOT_FOUND, ProblemType.WRONG_STATE})
    EvaluationView cancel(@PathVariable UUID id) {
        return views.of(evaluations.cancel(id));
    }

    @DeleteMapping(Paths.EVALUATION)
    @Deletes
    @Operation(operationId = "deleteEvaluation")
    void delete(@PathVariable UUID id) {
        evaluations.delete(id);
    }
}
