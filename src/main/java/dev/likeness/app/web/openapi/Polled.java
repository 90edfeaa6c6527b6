package dev.likeness.app.web.openapi;

import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An endpoint that clients poll for the state of a task. It takes {@code If-None-Match}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(responseCode = "200")
@ApiResponse(responseCode = "304", content = @Content)
@Problems(ProblemType.NOT_FOUND)
public @interface Polled {}
