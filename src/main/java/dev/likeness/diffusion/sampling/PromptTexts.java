package dev.likeness.diffusion.sampling;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.family.Conditioner;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.sampling.GuidedSampling.Part;
import dev.likeness.diffusion.sampling.GuidedSampling.Text;
import dev.likeness.diffusion.text.NewTokens;
import dev.likeness.diffusion.token.ComposedPrompt;
import dev.likeness.diffusion.token.PromptSchedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Encodes the prompts of images, each text once. */
public final class PromptTexts {

    private final NDManager scope;
    private final Conditioner conditioner;
    private final NewTokens tokens;
    private final boolean isGuided;
    private final SamplingSettings settings;
    private final Map<List<Object>, Conditioning> encoded = new HashMap<>();
    private final Map<List<Object>, Text> texts = new HashMap<>();

    /**
     * @param scope owns the texts
     * @param tokens learned tokens
     * @param denoiser that the texts are for; one that embeds guidance takes no negative prompt
     */
    public PromptTexts(
            NDManager scope, Conditioner conditioner, NewTokens tokens, Denoiser denoiser, SamplingSettings settings) {
        this.scope = scope;
        this.conditioner = conditioner.skipping(settings.encoding().clipSkip());
        this.tokens = tokens;
        isGuided = !denoiser.embedsGuidance();
        this.settings = settings;
    }

    /**
     * The texts of an image for each call of the denoiser. Calls of one step have the same.
     *
     * @param prompt in the syntax of {@link ComposedPrompt}
     * @param negativePrompt in the syntax of {@link PromptSchedule}
     * @param calls in all steps
     */
    public List<Text> of(String prompt, String negativePrompt, int calls) {
        ComposedPrompt composed = ComposedPrompt.of(prompt);
        PromptSchedule negative = PromptSchedule.of(negativePrompt);
        List<Text> found = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            found.add(text(composed, negative, step(call, calls)));
        }
        return found;
    }

    /** The step of a call, from 1. Some samplers call the denoiser twice in a step, or once more in the first one. */
    private int step(int call, int calls) {
        return (int) ((long) call * settings.steps() / calls) + 1;
    }

    private Text text(ComposedPrompt prompt, PromptSchedule negative, int step) {
        List<String> prompts = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (ComposedPrompt.Part part : prompt.parts()) {
            prompts.add(part.schedule().at(step, settings.steps()));
            weights.add(part.weight());
        }
        if (isGuided) {
            prompts.add(negative.at(step, settings.steps()));
        }
        return texts.computeIfAbsent(List.of(prompts, weights), key -> {
            int chunks = conditioner.chunks(prompts, tokens, settings.encoding().promptWeighting());
            List<Part> conditional = new ArrayList<>();
            for (int i = 0; i < weights.size(); i++) {
                conditional.add(new Part(states(prompts.get(i), chunks), weights.get(i)));
            }
            return new Text(conditional, isGuided ? states(prompts.get(weights.size()), chunks) : null);
        });
    }

    private Conditioning states(String prompt, int chunks) {
        return encoded.computeIfAbsent(List.of(prompt, chunks), key -> {
            try (NDManager encoding = scope.newSubManager()) {
                Conditioning states = conditioner.encodeWeighted(
                        encoding, prompt, chunks, tokens, settings.encoding().promptWeighting());
                states.attach(scope);
                return states;
            }
        });
    }
}
