package dev.likeness.app.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.likeness.app.refusal.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import java.util.List;
import java.util.Map;

/** An invalid field. */
public record FieldProblem(
        List<String> loc,

        String msg,

        String type,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(additionalProperties = AdditionalPropertiesValue.TRUE)
        Map<String, Object> ctx) {

    public static FieldProblem of(Violation violation) {
        return new FieldProblem(violation.location(), violation.message(), violation.type(), violation.context());
    }
}
