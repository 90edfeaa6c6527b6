package dev.likeness.app.web.caption;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.caption.CaptionSpec;
import dev.likeness.app.web.task.TaskOptions;
import io.swagger.v3.oas.annotations.media.Schema;

/** The request for captions in the OpenAPI document. */
@Schema(name = "CaptionForm", allOf = CaptionSpec.class)
record CaptionForm(@JsonUnwrapped TaskOptions.Described options) {}
