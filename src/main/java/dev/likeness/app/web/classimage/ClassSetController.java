package dev.likeness.app.web.classimage;

import dev.likeness.app.classimage.ClassImage;
import dev.likeness.app.classimage.ClassSet;
import dev.likeness.app.classimage.ClassSetIntake;
import dev.likeness.app.classimage.ClassSetSettings;
import dev.likeness.app.classimage.ClassSets;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.upload.PictureSources;
import dev.likeness.app.upload.SentPictures;
import dev.likeness.app.web.classimage.ClassImageView.ClassImagePageView;
import dev.likeness.app.web.classimage.ClassSetView.ClassSetPageView;
import dev.likeness.app.web.http.Cursors;
import dev.likeness.app.web.http.FileAnswers;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.http.PageLimit;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.idempotency.Idempotent;
import dev.likeness.app.web.openapi.Deletes;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Downloads;
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
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.node.ObjectNode;

/** Class sets and their images. */
@RestController
@Tag(name = DocumentOrder.CLASS_SETS)
class ClassSetController {

    private final PictureSources sources;
    private final ClassSetIntake intake;
    private final ClassSets sets;
    private final ClassSetSettings settings;
    private final FileAnswers files;

    ClassSetController(
            PictureSources sources,
            ClassSetIntake intake,
            ClassSets sets,
            ClassSetSettings settings,
            FileAnswers files) {
        this.sources = sources;
        this.intake = intake;
        this.sets = sets;
        this.settings = settings;
        this.files = files;
    }

    @Idempotent
    @PostMapping(
            path = Paths.CLASS_SETS,
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createClassSet",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = ClassSetForm.Described.class))))
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
        ProblemType.QUOTA_EXCEEDED,
        ProblemType.STORAGE
    })
    ResponseEntity<ClassSetView> create(@Parameter(hidden = true) MultipartHttpServletRequest request) {
        return create(ClassSetForm.read(request));
    }

    /** Not in the document: generated clients cannot choose among kinds of bodies. */
    @Idempotent
    @PostMapping(
            path = Paths.CLASS_SETS,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(hidden = true)
    ResponseEntity<ClassSetView> create(@org.springframework.web.bind.annotation.RequestBody ObjectNode request) {
        return create(ClassSetForm.read(request));
    }

    private ResponseEntity<ClassSetView> create(ClassSetForm form) {
        try (SentPictures sent = sources.open(form.uploads(), form.imageUrls(), settings.ofSet())) {
            ClassSet set = intake.create(form.name(), sent);
            return ResponseEntity.created(Links.to(Paths.CLASS_SET, set.id())).body(ClassSetView.of(set));
        }
    }

    @GetMapping(path = Paths.CLASS_SETS, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listClassSets")
    @Problems(ProblemType.INVALID_REQUEST)
    ClassSetPageView list(
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageLimit.check(limit);
        KeysetPage<ClassSet> page = sets.page(Cursors.read(cursor), limit);
        return new ClassSetPageView(
                page.entries().stream().map(ClassSetView::of).toList(),
                Cursors.link(page.older()),
                Cursors.link(page.newer()));
    }

    @GetMapping(path = Paths.CLASS_SET, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getClassSet")
    @Problems(ProblemType.NOT_FOUND)
    ClassSetView get(@PathVariable UUID id) {
        return ClassSetView.of(sets.get(id));
    }

    @DeleteMapping(Paths.CLASS_SET)
    @Deletes
    @Operation(operationId = "deleteClassSet")
    void delete(@PathVariable UUID id) {
        sets.delete(id);
    }

    @GetMapping(path = Paths.CLASS_IMAGES, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listClassImages")
    @Problems({ProblemType.NOT_FOUND, ProblemType.INVALID_REQUEST})
    ClassImagePageView images(
            @PathVariable UUID id,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    int limit,
            @Parameter(schema = @Schema(type = "integer", minimum = "-1", defaultValue = "-1"))
                    @RequestParam(defaultValue = "-1")
                    int after) {
        PageLimit.check(limit);
        if (after < -1) {
            throw new InvalidSpecException(
                    List.of(new Violation(List.of("after"), "must be the position of an image, or -1", "value_error")));
        }
        List<ClassImage> found = sets.images(id, after, limit + 1);
        List<ClassImage> page = found.subList(0, Math.min(limit, found.size()));
        URI next = found.size() > limit ? next(page.get(limit - 1).position()) : null;
        return new ClassImagePageView(
                page.stream().map(it -> ClassImageView.of(id, it)).toList(), next);
    }

    private static URI next(int last) {
        return ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam("after", last)
                .build(true)
                .toUri();
    }

    @GetMapping(path = Paths.CLASS_IMAGE, produces = MediaType.IMAGE_PNG_VALUE)
    @Operation(operationId = "downloadClassImage")
    @Downloads
    ResponseEntity<Resource> image(
            @PathVariable UUID id,
            @Parameter(schema = @Schema(type = "integer", minimum = "0")) @PathVariable int position) {
        return files.image(sets.image(id, position).files().image());
    }

    @GetMapping(path = Paths.CLASS_THUMBNAIL, produces = MediaType.IMAGE_PNG_VALUE)
    @Operation(operationId = "downloadClassImageThumbnail")
    @Downloads
    ResponseEntity<Resource> thumbnail(
            @PathVariable UUID id,
            @Parameter(schema = @Schema(type = "integer", minimum = "0")) @PathVariable int position) {
        return files.image(sets.image(id, position).files().thumbnail());
    }
}
