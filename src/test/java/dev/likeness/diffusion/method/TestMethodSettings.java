package dev.likeness.diffusion.method;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import org.jspecify.annotations.Nullable;

/** Settings of methods by themselves. */
public record TestMethodSettings(
        boolean trainTextEncoder,
        int steps,
        Lora.Settings lora,
        TextualInversion.Settings textualInversion,
        PivotalTuning.Settings pivotalTuning)
        implements MethodSettings {

    /** Settings without adapters from a later step on. */
    public TestMethodSettings(
            boolean trainTextEncoder, Lora.Settings lora, TextualInversion.Settings textualInversion) {
        this(trainTextEncoder, 100, lora, textualInversion, new PivotalSettings(0.5, 0, 0.1));
    }

    /** Settings of no importance. */
    public static final TestMethodSettings ANY = of(new LoraSettings(4, 1, 0, LoraTargets.ATTENTION));

    /** Settings with an adapter, and without training of the text encoders. */
    public static TestMethodSettings of(LoraSettings lora) {
        return new TestMethodSettings(
                false, lora, new InversionSettings(1, null, PromptTemplates.NONE, 0, MomentumMode.ANCHOR));
    }

    /** The section {@code lora}. */
    public record LoraSettings(int rank, double alpha, double dropout, LoraTargets targets) implements Lora.Settings {}

    /** The section {@code textual_inversion}. */
    public record InversionSettings(
            int vectors,
            @Nullable String initializer,
            PromptTemplates templates,
            double gamma,
            MomentumMode momentumMode)
            implements TextualInversion.Settings {}

    /** The section {@code pivotal_tuning}. */
    public record PivotalSettings(double embeddingsUntil, double adapterFrom, double rescaling)
            implements PivotalTuning.Settings {}
}
