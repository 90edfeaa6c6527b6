package dev.likeness.app.spec;

import dev.likeness.diffusion.caption.CaptionWords;
import dev.likeness.diffusion.token.PromptSyntax;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Everything a job is run with. Prompts hold the placeholders {@code {subject}} and {@code {class}}. */
public record JobSpec(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) @NotBlank
        String model,

        @Schema(
                allowableValues = {
                    TrainingMethods.DREAMBOOTH,
                    TrainingMethods.LORA,
                    TrainingMethods.TEXTUAL_INVERSION,
                    TrainingMethods.MOMENTUM
                })
        @Pattern(regexp = TrainingMethods.PATTERN, message = TrainingMethods.MESSAGE)
        String method,

        @Schema(nullable = true) @Nullable UUID baseJobId,

        @Schema(nullable = true) @Nullable String preset,

        @Pattern(regexp = Patterns.WORD, message = "must be one word") @Size(max = 64) @PlainText
        String identifier,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        @NotBlank
        @Size(max = PlainText.PROMPT)
        @PlainText
        @Placeholders
        @JsonDeserialize(using = OneLine.class)
        String instancePrompt,

        @Valid Training training,

        @Valid Prior prior,

        @Valid Lora lora,

        @Valid Inversion textualInversion,

        @Valid Face face,

        @Valid Previews previews,

        @Valid Evaluation evaluation,

        @Valid Sampling sampling) {

    /** Prompt for samples of the class without the subject. */
    public static final String CLASS_PROMPT = "a photo of a {class}";

    /**
     * {@code {subject}} and {@code {class}} replaced by what stands for the subject and by the class word, escaped: what looks
     * like prompt syntax in these is none.
     */
    public String expand(String prompt, String classWord) {
        String subject = usesTextualInversion() && !textualInversion.classWordInPrompt()
                ? placeholderToken()
                : placeholderToken() + " " + classWord;
        return PromptSyntax.fill(prompt, Map.of("{subject}", subject, "{class}", classWord));
    }

    /**
     * The prompt about the class: it names the class word instead of the subject, and holds no prompt syntax. Suits text
     * encoders that do not know the identifier.
     */
    public String classPrompt(String prompt, String classWord) {
        String named = PromptSyntax.text(expand(prompt, classWord));
        String word = java.util.regex.Pattern.quote(placeholderToken());
        String both = "(?iu)(?<!\\S)%s(\\s+%s)?(?!\\w)".formatted(word, java.util.regex.Pattern.quote(classWord));
        return named.replaceAll(both, Matcher.quoteReplacement(classWord));
    }

    /**
     * A caption as a prompt: it names the subject where its class word stands, or else in front. What says
     * {@code {subject}} names it already.
     */
    public String name(String caption, String classWord) {
        if (caption.contains("{subject}")) {
            return caption;
        }
        boolean keepClassWord = !usesTextualInversion() || textualInversion.classWordInPrompt();
        return new CaptionWords(classWord, PromptSyntax.escape(placeholderToken()), keepClassWord)
                .name(PromptSyntax.fill(caption, Map.of("{class}", classWord)));
    }

    /** Whether the method trains the embeddings of a placeholder token, with or without momentum. */
    public boolean usesTextualInversion() {
        return method.equals(TrainingMethods.TEXTUAL_INVERSION) || method.equals(TrainingMethods.MOMENTUM);
    }

    /** What stands for the subject in prompts: the identifier, or for textual inversion the placeholder token made of it. */
    public String placeholderToken() {
        return usesTextualInversion() && !identifier.startsWith("<") ? "<" + identifier + ">" : identifier;
    }

    /** What is drawn while training, with what is drawn after it for all else. */
    public Sampling previewSampling() {
        return new Sampling(
                previews.prompts(),
                sampling.negativePrompt(),
                previews.imagesPerPrompt(),
                sampling.sampler(),
                sampling.steps(),
                sampling.guidance(),
                1,
                1,
                sampling.fused(),
                sampling.eta(),
                sampling.width(),
                sampling.height(),
                previews.seed());
    }

    /** What every scored checkpoint draws of the subject, with what is drawn after training for all else. */
    public Sampling evaluationSampling() {
        return judged(evaluation.prompts(), evaluation.imagesPerPrompt());
    }

    /** What every scored checkpoint draws of the plain class. */
    public Sampling classSampling() {
        return judged(List.of(CLASS_PROMPT), evaluation.classImages());
    }

    private Sampling judged(List<String> prompts, int imagesPerPrompt) {
        return new Sampling(
                prompts,
                sampling.negativePrompt(),
                imagesPerPrompt,
                sampling.sampler(),
                sampling.steps(),
                sampling.guidance(),
                1,
                1,
                sampling.fused(),
                sampling.eta(),
                sampling.width(),
                sampling.height(),
                evaluation.seed());
    }

    /** How many images {@link Evaluation} asks for in all, those of the untrained model included. */
    public int evaluationImages() {
        return (evaluation.checkpoints() + 1) * (evaluation.images() + evaluation.classImages());
    }

    /** How many images {@link Previews} asks for in all. */
    public int previewImages() {
        int times = previews.everySteps() == 0 ? 0 : (training.steps() - 1) / previews.everySteps();
        return times * previews.images();
    }

    /** How many images {@link Sampling} asks for. */
    public int images() {
        return sampling.prompts().size() * sampling.imagesPerPrompt();
    }

    /** The training run. */
    public record Training(
            @Min(1) @Max(100_000) int steps,

            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
            double learningRate,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) @NotBlank @Size(max = 1000) @PlainText
            String learningRateSchedule,

            @Min(0) @Max(100_000) int warmupSteps,

            @Schema(allowableValues = {"adamw", "adamw_8bit", "adafactor"})
            @Pattern(regexp = "^(adamw|adamw_8bit|adafactor)$", message = "must be adamw, adamw_8bit or adafactor")
            String optimizer,

            @Min(1) @Max(64) int batchSize,

            @Min(1) @Max(256) int gradientAccumulation,

            boolean gradientCheckpointing,

            @Schema(allowableValues = {"fp32", "bf16", "fp16"})
            @Pattern(regexp = "^(fp32|bf16|fp16)$", message = "must be fp32, bf16 or fp16")
            String precision,

            boolean trainTextEncoder,

            @DecimalMin(value = "0", inclusive = false) double maxGradNorm,

            @DecimalMin("0") double snrGamma,

            @DecimalMin("0") @DecimalMax("1") double noiseOffset,

            @Size(max = 32) List<@NotBlank @Size(max = 100) @PlainText String> descriptiveWords,

            @DecimalMin("0") @DecimalMax("1") double descriptiveWordProbability,

            TrainingCaptions captions,

            @Schema(
                    nullable = true,
                    allowableValues = {"given", "auto", "subject"})
            @Nullable
            @Pattern(regexp = TrainingCaptions.PATTERN, message = "must be given, auto or subject")
            String captionSource,

            @Min(16) @Max(2048) @MultipleOf(8) int resolution,

            boolean randomCrop,

            boolean randomFlip,

            @Min(0) @Max(Patterns.SAFE) long seed,

            @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
            double beta1,

            @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
            double beta2,

            @DecimalMin("0") @DecimalMax("1") double weightDecay,

            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
            double epsilon,

            @Min(1) @Max(86_400) int checkpointEverySeconds,

            @Min(1) @Max(100) int keepCheckpoints) {

        public Training {
            if (captionSource == null || captionSource.equals(TrainingCaptions.Source.GIVEN.word())) {
                captionSource = captions.source() == TrainingCaptions.Source.GIVEN
                        ? null
                        : captions.source().word();
            } else if (captions.texts().isEmpty()) {
                captions = captions.of(captionSource);
            }
        }
    }

    /** Images drawn while training, as {@link Sampling} draws them, from seeds that are the same at every step. */
    public record Previews(
            @Min(0) @Max(100_000) int everySteps,

            @Size(min = 1, max = 8) @JsonDeserialize(contentUsing = OneLine.class)
            List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders String> prompts,

            @Min(1) @Max(16) int imagesPerPrompt,

            @Min(0) @Max(Patterns.SAFE) long seed) {

        public Previews {
            prompts = List.copyOf(prompts);
        }

        /** Whether there is one after this step of so many. The last step's images are the results. */
        public boolean due(int step, int steps) {
            return everySteps > 0 && step % everySteps == 0 && step < steps;
        }

        /** Images of one preview. */
        public int images() {
            return prompts.size() * imagesPerPrompt;
        }
    }

    /** How the weights are judged, and which of them become the result. */
    public record Evaluation(
            @Min(1) @Max(100) int checkpoints,

            @Schema(nullable = true) @Nullable @Size(max = 64)
            String promptList,

            @Min(0) @Max(64) int promptsPerKind,

            @Size(min = 1, max = 64) @JsonDeserialize(contentUsing = OneLine.class)
            List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders String> prompts,

            @Min(1) @Max(16) int imagesPerPrompt,

            @Min(2) @Max(64) int classImages,

            @Min(0) @Max(Patterns.SAFE) long seed,

            @Schema(allowableValues = {"best", "last"})
            @Pattern(regexp = "^(best|last)$", message = "must be best or last")
            String keep,

            @Schema(allowableValues = {"clip_i", "dino", "clip_t"})
            @Pattern(regexp = "^(clip_i|dino|clip_t)$", message = "must be clip_i, dino or clip_t")
            String score,

            @DecimalMin("0") @DecimalMax("1") double promptFloor,

            @Min(0) @Max(100) int patience) {

        public Evaluation {
            prompts = List.copyOf(prompts);
        }

        /** Whether the weights after this step of so many are scored while training. The last step's are scored after it. */
        public boolean due(int step, int steps) {
            return step < steps && (long) step * checkpoints / steps != (step - 1L) * checkpoints / steps;
        }

        /** Images of the subject that each checkpoint draws. */
        public int images() {
            return prompts.size() * imagesPerPrompt;
        }
    }

    /** Prior preservation (Ruiz et al. 2022, arXiv:2208.12242, section 3.2). */
    public record Prior(
            boolean enabled,

            @Min(1) @Max(1000) int images,

            @DecimalMin("0") @DecimalMax("100") double weight,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            @NotBlank
            @Size(max = PlainText.PROMPT)
            @PlainText
            @Placeholders
            @JsonDeserialize(using = OneLine.class)
            String prompt,

            @Size(max = PlainText.PROMPT) @PlainText @JsonDeserialize(using = OneLine.class)
            String negativePrompt,

            @SamplerName String sampler,

            @Min(1) @Max(1000) int steps,

            @DecimalMin("1") @DecimalMax("50") double guidance,

            @Min(0) @Max(Patterns.SAFE) long seed) {}

    /** Low-rank adapters (Hu et al. 2021, arXiv:2106.09685). */
    public record Lora(
            @Min(1) @Max(256) int rank,

            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1024")
            double alpha,

            @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
            double dropout,

            @Schema(allowableValues = {"attention", "linear", "all"})
            @Pattern(regexp = "^(attention|linear|all)$", message = "must be attention, linear or all")
            String targets) {}

    /** A new word (Gal et al. 2022, arXiv:2208.01618), also with momentum. */
    public record Inversion(
            @Min(1) @Max(32) int vectors,

            @Schema(nullable = true) @Nullable @Size(min = 1, max = 64) @PlainText
            String initializer,

            @Schema(allowableValues = {"object", "style", "face", "none"})
            @Pattern(regexp = "^(object|style|face|none)$", message = "must be object, style, face or none")
            String templates,

            boolean classWordInPrompt,

            @DecimalMin("0") @DecimalMax("1") double gamma,

            @Schema(allowableValues = {"anchor", "ema"})
            @Pattern(regexp = "^(anchor|ema)$", message = "must be anchor or ema")
            String momentumMode,

            @Schema(nullable = true) @Nullable UUID adapterId) {

        /** Goes on from no upload. */
        public Inversion(
                int vectors,
                @Nullable String initializer,
                String templates,
                boolean classWordInPrompt,
                double gamma,
                String momentumMode) {
            this(vectors, initializer, templates, classWordInPrompt, gamma, momentumMode, null);
        }
    }

    /** The facial term of the loss. */
    public record Face(
            boolean enabled,

            @DecimalMin(value = "0", inclusive = false) @DecimalMax("100")
            double weight,

            @Schema(allowableValues = {"crop", "mask"})
            @Pattern(regexp = "^(crop|mask)$", message = "must be crop or mask")
            String region,

            @DecimalMin("0") @DecimalMax("2") double margin) {}

    /** Images to draw. Image i of prompt p has seed {@code seed + p * imagesPerPrompt + i}. */
    public record Sampling(
            @Size(min = 1, max = 32) @JsonDeserialize(contentUsing = OneLine.class)
            List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders String> prompts,

            @Size(max = PlainText.PROMPT) @PlainText @JsonDeserialize(using = OneLine.class)
            String negativePrompt,

            @Min(1) @Max(64) int imagesPerPrompt,

            @SamplerName String sampler,

            @Min(1) @Max(1000) int steps,

            @DecimalMin("1") @DecimalMax("50") double guidance,

            @DecimalMin("-10") @DecimalMax("10") double loraUnetScale,

            @DecimalMin("-10") @DecimalMax("10") double loraTextScale,

            boolean fused,

            @DecimalMin("0") @DecimalMax("1") double eta,

            @Min(16) @Max(2048) @MultipleOf(8) int width,

            @Min(16) @Max(2048) @MultipleOf(8) int height,

            @Min(0) @Max(Patterns.SAFE) long seed) {

        public Sampling {
            prompts = List.copyOf(prompts);
        }

        /** The seed of an image, whatever it is drawn together with. */
        public long seed(int prompt, int image) {
            return seed + (long) prompt * imagesPerPrompt + image;
        }
    }

    private static final class Patterns {

        static final String WORD = "^[^\\s{}]+$";
        /** The largest integer that survives JavaScript. */
        static final long SAFE = (1L << 53) - 1;

        private Patterns() {}
    }
}
