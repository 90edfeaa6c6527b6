package dev.likeness.diffusion.method;

import dev.likeness.diffusion.plan.MethodMemory;
import dev.likeness.diffusion.training.TrainedPart;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The description of a training method: its name, the settings it reads, the kind of its result, and the memory it needs.
 * {@link Methods} lists one instance for each method. Descriptions do not load libtorch, so that the API can use them.
 * {@link MethodTraining} trains, and has its own list of methods: a constructor of a training here would load DJL's classes
 * into processes that only serve the API.
 *
 * <p>{@code src/docs/development.md} lists the files to change for a further method.
 */
public abstract class MethodType {

    private final String name;
    private final String title;
    private final TrainedKind yields;

    /**
     * @param name on the wire, for instance {@code dreambooth_lora}
     * @param title for tables, for instance {@code DreamBooth LoRA}
     * @param yields what training results in, which decides about the formats of its export
     */
    protected MethodType(String name, String title, TrainedKind yields) {
        this.name = name;
        this.title = title;
        this.yields = yields;
    }

    /** The name on the wire. */
    public final String name() {
        return name;
    }

    /** The name in tables. */
    public final String title() {
        return title;
    }

    /** What training results in. */
    public final TrainedKind yields() {
        return yields;
    }

    /** Whether the placeholder token's rows are mixed with v_star, so that another job can continue from v_train. */
    public boolean hasMomentum() {
        return false;
    }

    /** The method with the settings of a job. */
    public abstract Method configured(MethodSettings settings, PromptWords words);

    /** The parts that the method trains. Which text encoders a model has is not known here. */
    public Set<TrainedPart> parts(MethodSettings settings) {
        if (yields == TrainedKind.EMBEDDINGS) {
            return EnumSet.of(TrainedPart.EMBEDDINGS);
        }
        return settings.trainTextEncoder()
                ? EnumSet.complementOf(EnumSet.of(TrainedPart.EMBEDDINGS))
                : EnumSet.of(TrainedPart.DENOISER);
    }

    /** What the method adds to the memory of a run. */
    public abstract MethodMemory memory(MethodSettings settings);

    /**
     * Prompts that the subject's pictures are trained with.
     *
     * @param instancePrompt of the spec
     */
    public List<String> prompts(MethodSettings settings, String instancePrompt) {
        return List.of(instancePrompt);
    }

    @Override
    public final String toString() {
        return name;
    }
}
