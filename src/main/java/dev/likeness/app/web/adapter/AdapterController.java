package dev.likeness.app.web.adapter;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.web.adapter.AdapterView.AdapterPageView;
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

/** Uploaded adapters and embeddings, for use in generations. */
@RestController
@Tag(name = DocumentOrder.ADAPTERS)
class AdapterController {

    private final AdapterSubmission submission;
    private final Adapters adapters;
    private final FileAnswers files;

    AdapterController(AdapterSubmission submission, Adapters adapters, FileAnswers files) {
        this.submission = submission;
        this.adapters = adapters;
        this.files = files;
    }

    @Idempotent
    @PostMapping(
            path = Paths.ADAPTERS,
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createAdapter",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = AdapterForm.Described.class))))
    @ApiResponse(
            responseCode = "201",
            headers = @Header(name = "Location", schema = @Schema(type = "string", format = "uri")))
    @Problems({
        ProblemType.UNREADABLE_REQUEST,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.UNSUPPORTED_FORMAT,
        ProblemType.INVALID_REQUEST,
        ProblemType.UNUSABLE_ADAPTER,
        ProblemType.STORAGE
    })
    ResponseEntity<AdapterView> upload(@Parameter(hidden = true) MultipartHttpServletRequest request) {
        Adapter adapter = submission.submit(AdapterForm.read(request));
        return ResponseEntity.created(Links.to(Paths.ADAPTER, adapter.id())).body(AdapterView.of(adapter));
    }

    @GetMapping(path = Paths.ADAPTER, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getAdapter")
    @Problems(ProblemType.NOT_FOUND)
    AdapterView get(@PathVariable UUID id) {
        return AdapterView.of(adapters.get(id));
    }

    @GetMapping(path = Paths.ADAPTERS, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listAdapters")
    @Problems(ProblemType.INVALID_REQUEST)
    AdapterPageView list(
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageLimit.check(limit);
        KeysetPage<Adapter> page = adapters.page(Cursors.read(cursor), limit);
        return new AdapterPageView(
                page.entries().stream().map(AdapterView::of).toList(),
                Cursors.link(page.older()),
                Cursors.link(page.newer()));
    }

    @GetMapping(path = Paths.ADAPTER_FILE, produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(operationId = "downloadAdapter")
    @Downloads
    ResponseEntity<Resource> file(@PathVariable UUID id) {
        return files.attachment(adapters.get(id).file());
    }

    @DeleteMapping(Paths.ADAPTER)
    @Deletes
    @Operation(operationId = "deleteAdapter")
    void delete(@PathVariable UUID id) {
        adapters.delete(id);
    }
}
