package dev.likeness.app.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.likeness.app.job.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import java.util.List;
import java.util.Map;

/** What is wrong with one field. */
@Schema(description = "What is wrong with one field.")
public record FieldProblem(
        @Schema(
                description = "Field names on the way to the field, outermost first; list indices as decimal numbers.",
                example = "[\"spec\", \"training\", \"steps\"]")
        List<String> loc,

        @Schema(description = "For people.", example = "must be greater than or equal to 1")
        String msg,

        @Schema(description = "For programs.", example = "greater_than_equal")
        String type,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
                description = "The figures of the rule that was broken; left out where there are none.",
                additionalProperties = AdditionalPropertiesValue.TRUE,
                example = "{\"value\": 1}")
        Map<String, Object> ctx) {

    public static FieldProblem of(Violation violation) {
        return new FieldProblem(violation.location(), violation.message(), violation.type(), violation.context());
    }
}
