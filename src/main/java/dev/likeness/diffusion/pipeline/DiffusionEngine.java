package dev.likeness.diffusion.pipeline;

import java.nio.file.Path;

/**
 * The engine of one worker process. It uses one device and runs one operation at a time. Every call, also on a pipeline that
 * it opens, must come from a thread that {@code EngineThreads} made.
 */
public interface DiffusionEngine extends AutoCloseable {

    /** The device that this engine computes on, with its present memory. */
    DeviceInfo device();

    /**
     * Compares every operator with its own result in fp64, in every precision that a request can name. An operator that
     * cannot run is also a finding.
     */
    EngineCheck check();

    /** Returns unused memory to the device, which libtorch would keep otherwise. */
    void releaseMemory();

    /**
     * Opens a base model in the diffusers layout with the given encoders for scores. Weights are loaded at their first use.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if a part is missing, unsupported or does not match
     *     its configuration
     */
    Pipeline open(Path modelFolder, ScoreEncoders encoders);

    /**
     * Loads a captioner.
     *
     * @param folder of a transformers BlipForConditionalGeneration
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if a part is missing, unsupported or does not match
     */
    PictureCaptioner openCaptioner(Path folder);

    @Override
    void close();
}
