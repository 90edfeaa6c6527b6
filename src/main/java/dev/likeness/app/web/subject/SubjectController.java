package dev.likeness.app.web.subject;

import dev.likeness.app.job.SubjectRemoval;
import dev.likeness.app.spec.ClassWords;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.upload.AdmittedPictures;
import dev.likeness.app.upload.PictureSources;
import dev.likeness.app.upload.SentPictures;
import dev.likeness.app.upload.UploadSettings;
import dev.likeness.app.web.http.Cursors;
import dev.likeness.app.web.http.MaskPairs;
import dev.likeness.app.web.http.PageLimit;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.idempotency.Idempotent;
import dev.likeness.app.web.openapi.Deletes;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.databind.node.ObjectNode;

/** Subjects that are uploaded before any job. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.SUBJECTS)
class SubjectController {

    private final PictureSources sources;
    private final UploadSettings limits;
    private final Subjects subjects;
    private final SubjectRemoval removal;
    private final SubjectViews views;

    SubjectController(
            PictureSources sources,
            UploadSettings limits,
            Subjects subjects,
            SubjectRemoval removal,
            SubjectViews views) {
        this.sources = sources;
        this.limits = limits;
        this.subjects = subjects;
        this.removal = removal;
        this.views = views;
    }

    @Idempotent
    @PostMapping(path = Paths.SUBJECTS, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            operationId = "createSubject",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = SubjectForm.Described.class))))
    @ApiResponse(
            responseCode = "201",
            headers = @Header(name = "Location", schema = @Schema(type = "string", format = "uri")))
    @Problems({
        ProblemType.UNREADABLE_REQUEST,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.UNSUPPORTED_FORMAT,
        ProblemType.INVALID_REQUEST,
        ProblemType.UNUSABLE_PICTURES,
        ProblemType.STORAGE
    })
    ResponseEntity<SubjectView> create(@Parameter(hidden = true) MultipartHttpServletRequest request) {
        return create(SubjectForm.read(request));
    }

    /** Not in the document: generated clients cannot choose among kinds of bodies. */
    @Idempotent
    @PostMapping(path = Paths.SUBJECTS, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(hidden = true)
    ResponseEntity<SubjectView> create(@org.springframework.web.bind.annotation.RequestBody ObjectNode request) {
        return create(SubjectForm.read(request));
    }

    private ResponseEntity<SubjectView> create(SubjectForm form) {
        String classWord = ClassWords.require(form.classWord());
        try (SentPictures sent = sources.open(form.uploads(), form.imageUrls(), limits.ofSubject());
                AdmittedPictures admitted = subjects.admit(classWord, MaskPairs.of(sent.pictures(), form.masks()))) {
            SubjectView view = views.of(subjects.keepByItself(classWord, admitted.pictures(), sent.captionOfEach()));
            return ResponseEntity.created(view.urls().get()).body(view);
        }
    }

    @GetMapping(Paths.SUBJECTS)
    @Operation(operationId = "listSubjects")
    @Problems(ProblemType.INVALID_REQUEST)
    SubjectPageView list(
            @RequestParam(name = "class_word", required = false) @Nullable String classWord,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageLimit.check(limit);
        return views.page(classWord == null ? "" : ClassWords.require(classWord), Cursors.read(cursor), limit);
    }

    @GetMapping(Paths.SUBJECT)
    @Operation(operationId = "getSubject")
    @Problems(ProblemType.NOT_FOUND)
    SubjectView get(@PathVariable UUID id) {
        return views.get(id);
    }

    @DeleteMapping(Paths.SUBJECT)
    @Deletes
    @Operation(operationId = "deleteSubject")
    void delete(@PathVariable UUID id) {
        removal.delete(id);
    }
}
