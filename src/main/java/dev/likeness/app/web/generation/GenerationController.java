package dev.likeness.app.web.generation;

import dev.likeness.app.generation.Generation;
import dev.likeness.app.generation.Generations;
import dev.likeness.app.web.http.Cursors;
import dev.likeness.app.web.http.JsonBodies;
import dev.likeness.app.web.http.LongPolling;
import dev.likeness.app.web.http.PageLimit;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.http.Preference;
import dev.likeness.app.web.openapi.Changes;
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
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/** More images from finished jobs. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.GENERATIONS)
class GenerationController {

    private final Generations generations;
    private final GenerationViews views;
    private final TaskRequests requests;
    private final LongPolling answers;

    GenerationController(Generations generations, GenerationViews views, TaskRequests requests, LongPolling answers) {
        this.generations = generations;
        this.views = views;
        this.requests = requests;
        this.answers = answers;
    }

    @Submits
    @PostMapping(path = Paths.JOB_GENERATIONS, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createGeneration",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = GenerationForm.class))))
    @Problems(ProblemType.WRONG_STATE)
    DeferredResult<ResponseEntity<GenerationView>> submit(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable ObjectNode request,
            @RequestHeader(name = Preference.HEADER, required = false) @Nullable String prefer) {
        Generation generation = requests.submit(JsonBodies.orEmpty(request), it -> generations.submit(id, it));
        GenerationView view = GenerationView.of(generation, List.of(), List.of());
        return answers.answer(prefer, generation.id(), view.urls().get(), view, () -> views.get(generation.id()));
    }

    @GetMapping(Paths.JOB_GENERATIONS)
    @Operation(operationId = "listJobGenerations")
    @Problems({ProblemType.NOT_FOUND, ProblemType.INVALID_REQUEST})
    GenerationPageView list(
            @PathVariable UUID id,
            @RequestParam(name = LabelFilter.PARAMETER, required = false) @Nullable List<String> labels,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageLimit.check(limit);
        return views.page(id, LabelFilter.read(labels), Cursors.read(cursor), limit);
    }

    @GetMapping(Paths.GENERATION)
    @Operation(operationId = "getGeneration")
    @Polled
    GenerationView get(@PathVariable UUID id) {
        return views.get(id);
    }

    @PatchMapping(path = Paths.GENERATION, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "updateGeneration",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = TaskChange.Described.class))))
    @Changes
    GenerationView change(@PathVariable UUID id, @RequestBody ObjectNode request) {
        return views.of(generations.change(id, requests.change(request)));
    }

    @PostMapping(Paths.GENERATION_CANCEL)
    @Operation(operationId = "cancelGeneration")
    @Problems({ProblemType.NOT_FOUND, ProblemType.WRONG_STATE})
    GenerationView cancel(@PathVariable UUID id) {
        return views.of(generations.cancel(id));
    }
}
