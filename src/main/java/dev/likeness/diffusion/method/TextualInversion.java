package dev.likeness.diffusion.method;

import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.plan.KeptActivations;
import dev.likeness.diffusion.plan.MethodMemory;
import dev.likeness.diffusion.plan.Parameters;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Textual inversion: embeddings of a placeholder token are trained, and all networks are frozen (Gal et al. 2022,
 * arXiv:2208.01618).
 *
 * @param placeholder the placeholder token, for instance {@code <sks>}
 * @param vectors how many tokens of the tokenizer it stands for
 * @param initializer a word whose rows the new ones start from, cyclically; or {@code random} or {@code zero} in angle
 *     brackets. With momentum, and for a placeholder token that was trained with momentum, its v_train
 * @param momentum null for plain textual inversion
 */
public record TextualInversion(
        String placeholder,
        int vectors,
        String initializer,
        @Nullable Momentum momentum) implements Method {

    /** Starts from 0.01 times standard normal numbers. */
    public static final String RANDOM = "<random>";

    /** Starts from zero. */
    public static final String ZERO = "<zero>";

    /** The description of the method without momentum. */
    public static final MethodType TYPE = new Type("textual_inversion", "Textual inversion") {

        @Override
        public Method configured(MethodSettings settings, PromptWords words) {
            return of(settings.textualInversion(), words, null);
        }
    };

    static TextualInversion of(Settings section, PromptWords words, @Nullable Momentum momentum) {
        return new TextualInversion(
                words.placeholderToken(),
                section.vectors(),
                Objects.requireNonNullElse(section.initializer(), words.start()),
                momentum);
    }

    @Override
    public MethodType type() {
        return momentum == null ? TYPE : Momentum.TYPE;
    }

    /** The section {@code textual_inversion} of a spec. */
    public interface Settings {

        /** How many tokens of the tokenizer the placeholder token stands for. */
        int vectors();

        /**
         * A word whose rows the new ones start from, or {@link #RANDOM} or {@link #ZERO}; null for the word that
         * {@link PromptWords} has.
         */
        @Nullable
        String initializer();

        /** Prompts of the pictures. */
        PromptTemplates templates();

        /** Share of v_train in the rows, 0 to 1; unused without momentum. */
        double gamma();

        /** How v_star changes; unused without momentum. */
        MomentumMode momentumMode();
    }

    /** Textual inversion with or without momentum. */
    abstract static class Type extends MethodType {

        Type(String name, String title) {
            super(name, title, TrainedKind.EMBEDDINGS);
        }

        @Override
        public MethodMemory memory(MethodSettings settings) {
            return new Memory();
        }

        @Override
        public List<String> prompts(MethodSettings settings, String instancePrompt) {
            return settings.textualInversion().templates().prompts(instancePrompt);
        }
    }

    /** A few embeddings are too small to count beside a network. */
    private record Memory() implements MethodMemory {

        @Override
        public boolean trainsBase() {
            return false;
        }

        @Override
        public boolean trainsEmbeddings() {
            return true;
        }

        @Override
        public long denoiser(Parameters denoiser) {
            return 0;
        }

        @Override
        public long textEncoder(Parameters textEncoder) {
            return 0;
        }

        @Override
        public KeptActivations kept() {
            return KeptActivations.PASSED;
        }
    }
}
