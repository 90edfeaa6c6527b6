package dev.likeness.diffusion.family.stablediffusion;

import dev.likeness.diffusion.family.ConditioningLayout;
import dev.likeness.diffusion.family.ConditioningLayout.Piece;
import dev.likeness.diffusion.family.ConditioningLayout.State;
import dev.likeness.diffusion.family.ModelFamily;
import dev.likeness.diffusion.family.ModelIndex;
import dev.likeness.diffusion.family.ModelOutline;
import dev.likeness.diffusion.family.ModelPart;
import dev.likeness.diffusion.schedule.FlowSettings;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The families of latent diffusion with a UNet (Rombach et al. 2022, arXiv:2112.10752). */
public enum StableDiffusion implements ModelFamily {
    V1("stable-diffusion-1", Arrangement.ONE_ENCODER) {
        @Override
        public boolean matches(ModelHeaders model) {
            return !projectsLinearly(model);
        }
    },
    /** Differs from {@link #V1} in the size of the text encoder, and in linear layers around attentions. */
    V2("stable-diffusion-2", Arrangement.ONE_ENCODER) {
        @Override
        public boolean matches(ModelHeaders model) {
            return projectsLinearly(model);
        }
    },
    /** Podell et al. 2023, arXiv:2307.01952. */
    XL("stable-diffusion-xl", Arrangement.TWO_ENCODERS) {
        @Override
        public boolean matches(ModelHeaders model) {
            return true;
        }
    };

    private final String id;
    private final Arrangement arrangement;

    StableDiffusion(String id, Arrangement arrangement) {
        this.id = id;
        this.arrangement = arrangement;
    }

    /**
     * The arrangement of a pipeline's text encoders, and dependent settings.
     *
     * @param tokenizers of each text encoder, by their folders
     * @param side of latents if the UNet's configuration does not state it
     * @param sized whether the UNet takes a pooled text state and picture sizes
     */
    record Arrangement(
            String pipeline, Map<String, String> tokenizers, ConditioningLayout layout, int side, boolean sized) {

        static final Arrangement ONE_ENCODER = new Arrangement(
                "StableDiffusionPipeline",
                Map.of("text_encoder", "tokenizer"),
                new ConditioningLayout(List.of(new Piece(0, State.LAST_HIDDEN)), List.of()),
                64,
                false);

        static final Arrangement TWO_ENCODERS = new Arrangement(
                "StableDiffusionXLPipeline",
                inOrder("text_encoder", "tokenizer", "text_encoder_2", "tokenizer_2"),
                new ConditioningLayout(
                        List.of(new Piece(0, State.PENULTIMATE), new Piece(1, State.PENULTIMATE)),
                        List.of(new Piece(1, State.POOLED))),
                128,
                true);

        private static Map<String, String> inOrder(String first, String second, String third, String fourth) {
            Map<String, String> ordered = new LinkedHashMap<>();
            ordered.put(first, second);
            ordered.put(third, fourth);
            return Collections.unmodifiableMap(ordered);
        }

        /** The text encoder of the pooled state has another class, with a projection. */
        boolean projects(String textEncoder) {
            int number = List.copyOf(tokenizers.keySet()).indexOf(textEncoder);
            return layout.pooled().stream().anyMatch(piece -> piece.encoder() == number);
        }
    }

    private static boolean projectsLinearly(ModelHeaders model) {
        return model.has(Parts.UNET)
                && model.config(Parts.UNET).path("use_linear_projection").asBoolean(false);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String pipeline() {
        return arrangement.pipeline();
    }

    @Override
    public Map<String, ModelPart> parts() {
        return Parts.of(arrangement);
    }

    /** Their networks predict noise, or the velocity of a process with betas. */
    @Override
    public @Nullable FlowSettings flow() {
        return null;
    }

    @Override
    public ModelOutline outline(ModelHeaders model) {
        boolean zeroes = arrangement.sized() && ModelIndex.read(model).flag("force_zeros_for_empty_prompt", true);
        return new Configurations(model, arrangement).outline(zeroes);
    }
}
