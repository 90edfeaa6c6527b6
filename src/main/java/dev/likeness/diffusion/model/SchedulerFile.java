package dev.likeness.diffusion.model;

import dev.likeness.diffusion.tensor.ModelConfig;
import java.nio.file.Path;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The file that describes a model's noise, with the field names of diffusers. */
final class SchedulerFile {

    /** Its path in a model's folder. */
    static final String NAME = "scheduler/scheduler_config.json";

    private SchedulerFile() {}

    /** The file with rescaled betas, whose samplers begin at the last timestep (Lin et al. 2023, arXiv:2305.08891). */
    static byte[] withZeroTerminalSnr(Path file) {
        ObjectNode fields = (ObjectNode) ModelConfig.tree(file);
        fields.put("rescale_betas_zero_snr", true);
        fields.put("timestep_spacing", "trailing");
        // As Python writes infinite numbers.
        return JsonMapper.builder()
                .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(fields);
    }
}
