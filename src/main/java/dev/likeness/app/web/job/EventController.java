package dev.likeness.app.web.job;

import dev.likeness.app.job.Jobs;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Events of a job as a stream. */
@RestController
@Tag(name = DocumentOrder.JOBS)
class EventController {

    private final Jobs jobs;
    private final EventStreams streams;

    EventController(Jobs jobs, EventStreams streams) {
        this.jobs = jobs;
        this.streams = streams;
    }

    @GetMapping(path = Paths.JOB_EVENTS, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(operationId = "streamJobEvents")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @Problems(ProblemType.NOT_FOUND)
    SseEmitter events(
            @PathVariable UUID id,
            @Parameter(in = ParameterIn.HEADER) @RequestHeader(name = "Last-Event-ID", required = false) @Nullable
                    String lastEventId)
            throws IOException {
        return streams.open(jobs.get(id).id(), number(lastEventId));
    }

    /** A value that is not a number is not an id of this service, so the client has no events yet. */
    private static long number(@Nullable String lastEventId) {
        return lastEventId != null && lastEventId.matches("\\d{1,18}") ? Long.parseLong(lastEventId) : 0;
    }
}
