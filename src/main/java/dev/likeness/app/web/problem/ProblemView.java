package dev.likeness.app.web.problem;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a problem reads, for the OpenAPI document; {@link Problems} makes them. */
@Schema(name = "Problem", description = "An error as RFC 9457 has it.")
public record ProblemView(
        @Schema(
                description = "Names the kind of problem, and never changes.",
                example = "urn:likeness:problem:not-found")
        URI type,

        @Schema(description = "The kind of problem, for people.", example = "There is no such thing")
        String title,

        @Schema(description = "The response's status.", example = "404")
        int status,

        @Schema(
                description = "This occurrence, for people.",
                example = "There is no job 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60.")
        String detail,

        @Schema(
                description = "Path of the request.",
                format = "uri-reference",
                example = "/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60")
        URI instance,

        @Schema(description = "The kind of problem, for programs.", example = "not_found")
        String code,

        @Schema(description = "What is wrong with which field; left out where no field is to blame.") @Nullable
        List<FieldProblem> errors,

        @Schema(
                description =
                        "Bytes that a task may take of the device with the most memory; with plan_does_not_fit only.",
                example = "8000000000")
        @Nullable
        Long deviceBytes,

        @Schema(description = "The plans that do not fit, the smallest last; with plan_does_not_fit only.") @Nullable
        List<TriedPlan> plans) {}
