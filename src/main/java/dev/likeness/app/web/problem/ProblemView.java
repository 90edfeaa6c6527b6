package dev.likeness.app.web.problem;

import dev.likeness.app.memory.PlanDoesNotFitException.Plan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a problem, for the OpenAPI document; {@link ProblemDetails} creates them. */
@Schema(name = "Problem")
public record ProblemView(
        URI type,

        String title,

        int status,

        String detail,

        @Schema(format = "uri-reference") URI instance,

        String code,

        @Nullable List<FieldProblem> errors,

        @Nullable Long deviceBytes,

        @Nullable List<Plan> plans) {}
