package dev.likeness.app.web.generation;

import dev.likeness.app.job.AdapterUse;
import dev.likeness.app.job.JobSpec;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What a generation is asked for with, as it stands in the OpenAPI document. */
@Schema(
        name = "GenerationForm",
        description = "What to draw; every field may be left out.",
        allOf = JobSpec.Sampling.class)
record GenerationForm(
        @ArraySchema(
                arraySchema =
                        @Schema(
                                description = "What to draw with besides the job's own weights.",
                                example =
                                        "[{\"job_id\": \"0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60\", \"unet_scale\": 0.8}]"),
                maxItems = 16)
        List<AdapterUse> adapters) {}
