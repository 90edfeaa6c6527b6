package dev.likeness.diffusion.pipeline;

import java.nio.file.Path;

/**
 * The engine of one worker process: one device, one thing at a time. Every call, on this and on what it opens, has to
 * come from a thread made by {@code EngineThreads}.
 */
public interface DiffusionEngine extends AutoCloseable {

    /** The device this engine computes on, with its memory as it is now. */
    DeviceInfo device();

    /**
     * Compares every operator with its own result in fp64, in every precision that may be asked for. An operator that
     * cannot run at all is a finding too.
     */
    EngineCheck check();

    /** Gives memory that nothing uses any more back to the device, where libtorch would keep it for itself. */
    void releaseMemory();

    /**
     * Opens a base model in the diffusers layout, with the encoders for scores in its folder. Weights are read when they are
     * first needed.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if a part is missing, unsupported or does not match
     *     its configuration
     */
    default Pipeline open(Path modelFolder) {
        return open(modelFolder, ScoreEncoders.in(modelFolder));
    }

    /**
     * The same with given encoders for scores.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if a part is missing, unsupported or does not match
     *     its configuration
     */
    Pipeline open(Path modelFolder, ScoreEncoders encoders);

    /**
     * Loads a captioner.
     *
     * @param folder of a transformers BlipForConditionalGeneration
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if something is missing, is not supported or does not
     *     match
     */
    PictureCaptioner openCaptioner(Path folder);

    @Override
    void close();
}
