package dev.likeness.app.web.caption;

import dev.likeness.app.caption.CaptionRun;
import dev.likeness.app.caption.CaptionTexts;
import dev.likeness.app.caption.Captions;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.web.http.JsonBodies;
import dev.likeness.app.web.http.LongPolling;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.http.Preference;
import dev.likeness.app.web.openapi.Changes;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Submits;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import dev.likeness.app.web.task.TaskChange;
import dev.likeness.app.web.task.TaskRequests;
import dev.likeness.app.web.view.CaptionView;
import io.swagger.v3.oas.annotations.Operation;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/** Captions of pictures: proposed, read and edited. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.SUBJECTS)
class CaptionController {

    private final Captions captions;
    private final Subjects subjects;
    private final TaskRequests requests;
    private final LongPolling answers;

    CaptionController(Captions captions, Subjects subjects, TaskRequests requests, LongPolling answers) {
        this.captions = captions;
        this.subjects = subjects;
        this.requests = requests;
        this.answers = answers;
    }

    @Submits
    @PostMapping(path = Paths.SUBJECT_CAPTIONS, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createCaptions",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = CaptionForm.class))))
    DeferredResult<ResponseEntity<CaptionTaskView>> propose(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable ObjectNode request,
            @RequestHeader(name = Preference.HEADER, required = false) @Nullable String prefer) {
        CaptionRun task = requests.submit(JsonBodies.orEmpty(request), it -> captions.submit(id, it));
        CaptionTaskView view = CaptionTaskView.of(task);
        return answers.answer(
                prefer, task.id(), view.urls().get(), view, () -> CaptionTaskView.of(captions.get(task.id())));
    }

    @GetMapping(Paths.SUBJECT_CAPTIONS)
    @Operation(operationId = "getSubjectCaptions")
    @Problems(ProblemType.NOT_FOUND)
    CaptionsView read(@PathVariable UUID id) {
        return new CaptionsView(CaptionView.of(subjects.get(id).captions()));
    }

    @PutMapping(path = Paths.SUBJECT_CAPTIONS, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "updateSubjectCaptions",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = CaptionTexts.class))))
    @Problems({
        ProblemType.UNREADABLE_REQUEST,
        ProblemType.NOT_FOUND,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_REQUEST
    })
    CaptionsView edit(@PathVariable UUID id, @RequestBody ObjectNode request) {
        return new CaptionsView(CaptionView.of(captions.edit(id, request).captions()));
    }

    @GetMapping(Paths.CAPTIONS)
    @Operation(operationId = "getCaptions")
    @Problems(ProblemType.NOT_FOUND)
    CaptionTaskView get(@PathVariable UUID id) {
        return CaptionTaskView.of(captions.get(id));
    }

    @PatchMapping(path = Paths.CAPTIONS, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "updateCaptions",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = TaskChange.Described.class))))
    @Changes
    CaptionTaskView change(@PathVariable UUID id, @RequestBody ObjectNode request) {
        return CaptionTaskView.of(captions.change(id, requests.change(request)));
    }

    @PostMapping(Paths.CAPTIONS_CANCEL)
    @Operation(operationId = "cancelCaptions")
    @Problems({ProblemType.NOT_FOUND, ProblemType.WRONG_STATE})
    CaptionTaskView cancel(@PathVariable UUID id) {
        return CaptionTaskView.of(captions.cancel(id));
    }

    @Schema(name = "SubjectCaptions")
    record CaptionsView(List<CaptionView> results) {}
}
