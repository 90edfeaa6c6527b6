package dev.likeness.diffusion.method;

import dev.likeness.diffusion.adapter.MomentumMode;

/**
 * Textual inversion with momentum: the rows are (1 - gamma) v_star + gamma v_train, and only v_train is trained.
 *
 * @param gamma 0 to 1
 * @param mode how v_star changes
 * @param anchor the word whose rows v_star is, cyclically; for a placeholder token that was trained with momentum, its v_star
 */
public record Momentum(double gamma, MomentumMode mode, String anchor) {

    /** The description of the method. */
    public static final MethodType TYPE =
            new TextualInversion.Type("momentum_textual_inversion", "Momentum textual inversion") {

                @Override
                public boolean hasMomentum() {
                    return true;
                }

                @Override
                public Method configured(MethodSettings settings, PromptWords words) {
                    TextualInversion.Settings section = settings.textualInversion();
                    String anchor = words.anchor(section.initializer());
                    return TextualInversion.of(
                            section, words, new Momentum(section.gamma(), section.momentumMode(), anchor));
                }
            };
}
