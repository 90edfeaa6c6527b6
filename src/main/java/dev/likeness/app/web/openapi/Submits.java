package dev.likeness.app.web.openapi;

import dev.likeness.app.web.idempotency.Idempotent;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An endpoint that submits a task. It takes {@code Idempotency-Key} and {@code Prefer}, and responds with 202 and the queued
 * task, or with 201 and the final task, and with its {@code Location}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Idempotent
@ApiResponse(
        responseCode = "201",
        headers = @Header(name = "Location", schema = @Schema(type = "string", format = "uri")))
@ApiResponse(
        responseCode = "202",
        headers = @Header(name = "Location", schema = @Schema(type = "string", format = "uri")))
@Problems({
    ProblemType.UNREADABLE_REQUEST,
    ProblemType.NOT_FOUND,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.INVALID_REQUEST
})
public @interface Submits {}
