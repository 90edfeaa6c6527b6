package dev.likeness.app.web.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.evaluation.EvaluationSpec;
import dev.likeness.app.web.task.TaskOptions;
import io.swagger.v3.oas.annotations.media.Schema;

/** The request for an evaluation in the OpenAPI document. */
@Schema(name = "EvaluationForm", allOf = EvaluationSpec.class)
record EvaluationForm(@JsonUnwrapped TaskOptions.Described options) {}
