package dev.likeness.app.web.openapi;

import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** An endpoint that deletes a resource which may be in use. It responds with 204. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ResponseStatus(HttpStatus.NO_CONTENT)
@ApiResponse(responseCode = "204")
@Problems({ProblemType.NOT_FOUND, ProblemType.WRONG_STATE})
public @interface Deletes {}
