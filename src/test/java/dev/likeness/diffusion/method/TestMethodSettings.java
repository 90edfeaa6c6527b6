package dev.likeness.diffusion.method;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import org.jspecify.annotations.Nullable;

/** Settings of methods by themselves. */
public record TestMethodSettings(
        boolean trainTextEncoder, Lora.Settings lora, TextualInversion.Settings textualInversion)
        implements MethodSettings {

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
}
