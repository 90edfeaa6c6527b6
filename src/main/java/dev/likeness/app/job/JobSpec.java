package dev.likeness.app.job;

import dev.likeness.diffusion.caption.CaptionWords;
import dev.likeness.diffusion.token.PromptSyntax;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
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
@Schema(
        description = "How to train and what to draw. Every field may be left out of a request: it then comes from the"
                + " preset, the model's own defaults, or the built-in ones, in that order. A job shows all of them.")
public record JobSpec(
        @Schema(
                description = "Id of the base model, one of GET /v1/models.",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                example = "likeness/tiny-world")
        @NotBlank
        String model,

        @Schema(
                description = "Training method: all weights of the UNet, adapters beside them, or embeddings of a new"
                        + " word, with or without momentum.",
                example = "dreambooth",
                allowableValues = {
                    TrainingMethods.DREAMBOOTH,
                    TrainingMethods.LORA,
                    TrainingMethods.TEXTUAL_INVERSION,
                    TrainingMethods.MOMENTUM
                })
        @Pattern(regexp = TrainingMethods.PATTERN, message = TrainingMethods.MESSAGE)
        String method,

        @Schema(
                description = "Id of a finished job of the same base model on whose result to train.",
                example = "01a1fe2e-7128-7cc1-853c-c2e36f5ca385",
                nullable = true)
        @Nullable
        UUID baseJobId,

        @Schema(
                description = "Id of the preset the defaults came from, one of GET /v1/presets.",
                example = "tiny-world-fast",
                nullable = true)
        @Nullable
        String preset,

        @Schema(
                description =
                        "Rare word that stands for the subject. One word; not the class word, and not a common one."
                                + " GET /v1/models/{id}/identifiers suggests and checks some.",
                example = "sks")
        @Pattern(regexp = Patterns.WORD, message = "must be one word")
        @Size(max = 64)
        @PlainText
        String identifier,

        @Schema(
                description = "Prompt the subject's pictures are trained with.",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                example = "a photo of a {subject}")
        @NotBlank
        @Size(max = PlainText.PROMPT)
        @PlainText
        @Placeholders
        @JsonDeserialize(using = OneLine.class)
        String instancePrompt,

        @Schema(description = "The training run.", schemaResolution = SchemaResolution.ALL_OF_REF) @Valid
        Training training,

        @Schema(
                description = "Prior preservation: keeps the class from turning into the subject.",
                schemaResolution = SchemaResolution.ALL_OF_REF)
        @Valid
        Prior prior,

        @Schema(
                description = "The adapters of method dreambooth_lora; without effect in others.",
                schemaResolution = SchemaResolution.ALL_OF_REF)
        @Valid
        Lora lora,

        @Schema(
                description = "The new word of textual inversion; without effect in other methods.",
                schemaResolution = SchemaResolution.ALL_OF_REF)
        @Valid
        Inversion textualInversion,

        @Schema(
                description = "A further term of the loss for the subject's face.",
                schemaResolution = SchemaResolution.ALL_OF_REF)
        @Valid
        Face face,

        @Schema(description = "The images drawn while training.", schemaResolution = SchemaResolution.ALL_OF_REF) @Valid
        Previews previews,

        @Schema(
                description = "What the weights are judged by, while training and after it.",
                schemaResolution = SchemaResolution.ALL_OF_REF)
        @Valid
        Evaluation evaluation,

        @Schema(description = "The images drawn after training.", schemaResolution = SchemaResolution.ALL_OF_REF) @Valid
        Sampling sampling) {

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
    @Schema(description = "The training run.")
    public record Training(
            @Schema(description = "Optimizer steps.", example = "400") @Min(1) @Max(100_000)
            int steps,

            @Schema(description = "Learning rate.", example = "7e-4")
            @DecimalMin(value = "0", inclusive = false)
            @DecimalMax("1")
            double learningRate,

            @Schema(
                    description = "How the rate goes: constant; linear, cosine or polynomial down to the end; or rates"
                            + " with the steps they last to, for instance 5e-2:100, 5e-3:500, 5e-4.",
                    requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                    example = "constant")
            @NotBlank
            @Size(max = 1000)
            @PlainText
            String learningRateSchedule,

            @Schema(description = "Steps over which the rate rises from zero; not with listed rates.", example = "0")
            @Min(0)
            @Max(100_000)
            int warmupSteps,

            @Schema(
                    description = "AdamW; AdamW with a state of 8 bits, which takes a quarter of its memory; or"
                            + " Adafactor, which takes hardly any.",
                    example = "adamw",
                    allowableValues = {"adamw", "adamw_8bit", "adafactor"})
            @Pattern(regexp = "^(adamw|adamw_8bit|adafactor)$", message = "must be adamw, adamw_8bit or adafactor")
            String optimizer,

            @Schema(
                    description = "Pictures of the subject in one forward pass; as many prior pictures go with them.",
                    example = "4")
            @Min(1)
            @Max(64)
            int batchSize,

            @Schema(description = "Forward passes to one optimizer step.", example = "1") @Min(1) @Max(256)
            int gradientAccumulation,

            @Schema(description = "Trades a second forward pass for memory.", example = "false")
            boolean gradientCheckpointing,

            @Schema(
                    description = "Number format of the forward pass. What learns is kept in fp32, a base that does not"
                            + " learn in this format.",
                    example = "fp32",
                    allowableValues = {"fp32", "bf16", "fp16"})
            @Pattern(regexp = "^(fp32|bf16|fp16)$", message = "must be fp32, bf16 or fp16")
            String precision,

            @Schema(description = "Whether the text tower learns too.", example = "false")
            boolean trainTextEncoder,

            @Schema(description = "The gradient's 2-norm is clipped to this.", example = "1.0")
            @DecimalMin(value = "0", inclusive = false)
            double maxGradNorm,

            @Schema(description = "Gamma of min-SNR loss weighting; 0 is without.", example = "0") @DecimalMin("0")
            double snrGamma,

            @Schema(
                    description = "Standard deviation of what is added to all noise of a channel alike; 0 is without.",
                    example = "0")
            @DecimalMin("0")
            @DecimalMax("1")
            double noiseOffset,

            @Schema(
                    description = "Words that describe some pictures: each is appended to the training prompt now and"
                            + " then, so that it does not become part of the subject.",
                    example = "[\"blurred background\"]")
            @Size(max = 32)
            List<@NotBlank @Size(max = 100) @PlainText String> descriptiveWords,

            @Schema(description = "How often each descriptive word is appended.", example = "0.1")
            @DecimalMin("0")
            @DecimalMax("1")
            double descriptiveWordProbability,

            @Schema(
                    description = "What each picture of the subject is trained with, in place of the instance prompt:"
                            + " one caption a picture, in their order; none if the list is empty. The words auto and"
                            + " subject are taken in place of the list, too, and mean the same as in caption_source.",
                    example = "[\"a photo of a {subject} on a table\"]")
            TrainingCaptions captions,

            @Schema(
                    description =
                            "Whose captions these are: given, those in captions; subject, the subject's own; auto,"
                                    + " those that are proposed before training. The last two name the subject where its class"
                                    + " word stands, or in front, and leave captions empty; the job's own captions show the"
                                    + " outcome. A job shows null for given.",
                    example = "auto",
                    nullable = true,
                    allowableValues = {"given", "auto", "subject"})
            @Nullable
            @Pattern(regexp = TrainingCaptions.PATTERN, message = "must be given, auto or subject")
            String captionSource,

            @Schema(description = "Side of a training picture in pixels.", example = "64")
            @Min(16)
            @Max(2048)
            @MultipleOf(8)
            int resolution,

            @Schema(
                    description =
                            "Whether the square that is trained on is cut out of a picture at random; otherwise it is"
                                    + " the middle.",
                    example = "false")
            boolean randomCrop,

            @Schema(description = "Whether the subject's pictures are mirrored at random.", example = "false")
            boolean randomFlip,

            @Schema(description = "Seed of every random draw in training.", example = "0") @Min(0) @Max(Patterns.SAFE)
            long seed,

            @Schema(description = "AdamW's beta1.", example = "0.9")
            @DecimalMin("0")
            @DecimalMax(value = "1", inclusive = false)
            double beta1,

            @Schema(description = "AdamW's beta2.", example = "0.999")
            @DecimalMin("0")
            @DecimalMax(value = "1", inclusive = false)
            double beta2,

            @Schema(description = "Weight decay.", example = "0.01") @DecimalMin("0") @DecimalMax("1")
            double weightDecay,

            @Schema(description = "AdamW's epsilon.", example = "1e-8")
            @DecimalMin(value = "0", inclusive = false)
            @DecimalMax("1")
            double epsilon,

            @Schema(
                    description = "Seconds between checkpoints a lost run resumes from; saving them never takes more"
                            + " than a twentieth of the training time.",
                    example = "120")
            @Min(1)
            @Max(86_400)
            int checkpointEverySeconds,

            @Schema(
                    description =
                            "How many of these checkpoints are kept; of several, an older one is resumed from where"
                                    + " a newer one cannot be read.",
                    example = "1")
            @Min(1)
            @Max(100)
            int keepCheckpoints) {

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
    @Schema(
            description = "Images drawn while training, with the sampler, steps, guidance, negative prompt and size of"
                    + " sampling. Image i of prompt p has the seed seed + p * images_per_prompt + i at every step.")
    public record Previews(
            @Schema(description = "Steps from one preview to the next; 0 is without.", example = "100")
            @Min(0)
            @Max(100_000)
            int everySteps,

            @Schema(description = "Prompts.", example = "[\"a photo of a {subject}\"]")
            @Size(min = 1, max = 8)
            @JsonDeserialize(contentUsing = OneLine.class)
            List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders String> prompts,

            @Schema(description = "Images of each prompt.", example = "1") @Min(1) @Max(16)
            int imagesPerPrompt,

            @Schema(description = "Seed of the first image.", example = "0") @Min(0) @Max(Patterns.SAFE)
            long seed) {

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
    @Schema(
            description = "While training, the weights of some steps are kept and scored: each draws the same prompts"
                    + " with the same seeds, with the sampler, steps, guidance, negative prompt and size of sampling, and"
                    + " so does the untrained model, with the plain class. One of them becomes the job's result; another"
                    + " one can be chosen later without training again.")
    public record Evaluation(
            @Schema(
                    description = "How many checkpoints are scored, evenly spaced; the last one is the end. Their"
                            + " weights stay as long as the job.",
                    example = "4")
            @Min(1)
            @Max(100)
            int checkpoints,

            @Schema(
                    description = "Id of the list the prompts are taken from, one of GET /v1/prompt-lists; auto takes"
                            + " the one that knows the class word, or else object. Without effect where prompts are"
                            + " given.",
                    example = "auto",
                    nullable = true)
            @Nullable
            @Size(max = 64)
            String promptList,

            @Schema(description = "How many prompts of each kind in the list are taken; 0 is all.", example = "2")
            @Min(0)
            @Max(64)
            int promptsPerKind,

            @Schema(
                    description = "Prompts; those of the list if there are none.",
                    example = "[\"a photo of a {subject} on the beach\"]")
            @Size(min = 1, max = 64)
            @JsonDeserialize(contentUsing = OneLine.class)
            List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders String> prompts,

            @Schema(description = "Images of each prompt.", example = "1") @Min(1) @Max(16)
            int imagesPerPrompt,

            @Schema(description = "Images of the plain class, for pres and div.", example = "4") @Min(2) @Max(64)
            int classImages,

            @Schema(description = "Seed of the first image of either.", example = "0") @Min(0) @Max(Patterns.SAFE)
            long seed,

            @Schema(
                    description = "Which checkpoint becomes the result: the one with the best score, or the last.",
                    example = "best",
                    allowableValues = {"best", "last"})
            @Pattern(regexp = "^(best|last)$", message = "must be best or last")
            String keep,

            @Schema(
                    description = "The score that tells which is best.",
                    example = "clip_i",
                    allowableValues = {"clip_i", "dino", "clip_t"})
            @Pattern(regexp = "^(clip_i|dino|clip_t)$", message = "must be clip_i, dino or clip_t")
            String score,

            @Schema(
                    description =
                            "A checkpoint is not the best if its clip_t_margin is below this share of the untrained"
                                    + " model's: it may know the subject, but it no longer listens to the rest of the prompt."
                                    + " 0 is without.",
                    example = "0.5")
            @DecimalMin("0")
            @DecimalMax("1")
            double promptFloor,

            @Schema(
                    description = "Training ends after so many scored checkpoints without a better one; 0 is never.",
                    example = "0")
            @Min(0)
            @Max(100)
            int patience) {

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
    @Schema(
            description =
                    "Prior preservation: images of the plain class, drawn by the untouched base model, are trained"
                            + " along with the subject's pictures.")
    public record Prior(
            @Schema(description = "Whether there is any.", example = "true")
            boolean enabled,

            @Schema(description = "How many images of the class are drawn.", example = "48") @Min(1) @Max(1000)
            int images,

            @Schema(description = "Weight of the prior half of the loss.", example = "1.0")
            @DecimalMin("0")
            @DecimalMax("100")
            double weight,

            @Schema(
                    description = "Prompt of the class.",
                    requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                    example = "a photo of a {class}")
            @NotBlank
            @Size(max = PlainText.PROMPT)
            @PlainText
            @Placeholders
            @JsonDeserialize(using = OneLine.class)
            String prompt,

            @Schema(description = "What the images shall not show; may be empty.", example = "blurry")
            @Size(max = PlainText.PROMPT)
            @PlainText
            @JsonDeserialize(using = OneLine.class)
            String negativePrompt,

            @Schema(description = "Sampler.", example = "ddim") @SamplerName
            String sampler,

            @Schema(description = "Sampler steps.", example = "30") @Min(1) @Max(1000)
            int steps,

            @Schema(description = "Guidance scale; 1 is without.", example = "5.0") @DecimalMin("1") @DecimalMax("50")
            double guidance,

            @Schema(description = "Seed of the first image; the others count up from it.", example = "0")
            @Min(0)
            @Max(Patterns.SAFE)
            long seed) {}

    /** Low-rank adapters (Hu et al. 2021, arXiv:2106.09685). */
    @Schema(description = "Low-rank adapters.")
    public record Lora(
            @Schema(description = "Rank of the adapters.", example = "16") @Min(1) @Max(256)
            int rank,

            @Schema(description = "An adapter counts alpha / rank.", example = "16")
            @DecimalMin(value = "0", inclusive = false)
            @DecimalMax("1024")
            double alpha,

            @Schema(description = "Share of an adapter's inputs left out at random in training.", example = "0")
            @DecimalMin("0")
            @DecimalMax(value = "1", inclusive = false)
            double dropout,

            @Schema(
                    description = "Layers of the UNet that get one: those of attention, all linear ones, or all.",
                    example = "attention",
                    allowableValues = {"attention", "linear", "all"})
            @Pattern(regexp = "^(attention|linear|all)$", message = "must be attention, linear or all")
            String targets) {}

    /** A new word (Gal et al. 2022, arXiv:2208.01618), also with momentum. */
    @Schema(description = "The new word of textual inversion.")
    public record Inversion(
            @Schema(description = "How many embeddings the word stands for.", example = "1") @Min(1) @Max(32)
            int vectors,

            @Schema(
                    description = "Word whose embeddings the new ones start from, of no more tokens than vectors; or"
                            + " <random> or <zero>. Null is the class word, or what a base job with momentum has"
                            + " trained.",
                    example = "bird",
                    nullable = true)
            @Nullable
            @Size(min = 1, max = 64)
            @PlainText
            String initializer,

            @Schema(
                    description = "Prompts of the training pictures: those of the paper for an object, a style or a"
                            + " face, one drawn for each picture; or the instance prompt alone.",
                    example = "object",
                    allowableValues = {"object", "style", "face", "none"})
            @Pattern(regexp = "^(object|style|face|none)$", message = "must be object, style, face or none")
            String templates,

            @Schema(
                    description = "Whether {subject} stands for the new word and the class word, or for the new word"
                            + " alone.",
                    example = "false")
            boolean classWordInPrompt,

            @Schema(
                    description = "Momentum: how much of the new embedding is learned; 1 is plain textual inversion, 0"
                            + " the base model.",
                    example = "0.1")
            @DecimalMin("0")
            @DecimalMax("1")
            double gamma,

            @Schema(
                    description = "Momentum: what the rest is. An anchor stays; ema follows what is learned.",
                    example = "anchor",
                    allowableValues = {"anchor", "ema"})
            @Pattern(regexp = "^(anchor|ema)$", message = "must be anchor or ema")
            String momentumMode,

            @Schema(
                    description =
                            "Uploaded embeddings that the new ones go on from, unless there is an initializer: with"
                                    + " momentum from their v_train, with their v_star and gamma, if the file holds them.",
                    example = "0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a",
                    nullable = true)
            @Nullable
            UUID adapterId) {

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
    @Schema(
            description =
                    "The facial term of the loss: the same noise loss on the largest face of each picture. A picture"
                            + " without a face trains without it, and the job's log says so.")
    public record Face(
            @Schema(description = "Whether there is any.", example = "false")
            boolean enabled,

            @Schema(description = "Weight of the term.", example = "1.0")
            @DecimalMin(value = "0", inclusive = false)
            @DecimalMax("100")
            double weight,

            @Schema(
                    description = "crop: on a picture of the face, cut out with a margin and resized; mask: on the"
                            + " face's place in the whole picture.",
                    example = "crop",
                    allowableValues = {"crop", "mask"})
            @Pattern(regexp = "^(crop|mask)$", message = "must be crop or mask")
            String region,

            @Schema(
                    description = "What is added around the face on each side, as a share of its longer side.",
                    example = "0.3")
            @DecimalMin("0")
            @DecimalMax("2")
            double margin) {}

    /** Images to draw. Image i of prompt p has seed {@code seed + p * imagesPerPrompt + i}. */
    @Schema(description = "Images to draw.")
    public record Sampling(
            @Schema(
                    description = "Prompts. {subject} stands for identifier and class word, {class} for the class"
                            + " word alone.",
                    example = "[\"a photo of a {subject} on the beach\"]")
            @Size(min = 1, max = 32)
            @JsonDeserialize(contentUsing = OneLine.class)
            List<@NotBlank @Size(max = PlainText.PROMPT) @PlainText @Placeholders String> prompts,

            @Schema(description = "What the images shall not show; may be empty.", example = "blurry")
            @Size(max = PlainText.PROMPT)
            @PlainText
            @JsonDeserialize(using = OneLine.class)
            String negativePrompt,

            @Schema(description = "Images of each prompt.", example = "4") @Min(1) @Max(64)
            int imagesPerPrompt,

            @Schema(description = "Sampler.", example = "ddim") @SamplerName
            String sampler,

            @Schema(description = "Sampler steps.", example = "30") @Min(1) @Max(1000)
            int steps,

            @Schema(description = "Guidance scale; 1 is without.", example = "5.0") @DecimalMin("1") @DecimalMax("50")
            double guidance,

            @Schema(
                    description = "How much of the job's own adapter counts in the UNet; without effect without one.",
                    example = "1.0")
            @DecimalMin("-10")
            @DecimalMax("10")
            double loraUnetScale,

            @Schema(description = "The same in the text towers.", example = "1.0") @DecimalMin("-10") @DecimalMax("10")
            double loraTextScale,

            @Schema(
                    description = "Whether adapters are summed into copies of the weights, which draws faster, or run"
                            + " beside them, which takes less memory; the images are the same but for rounding.",
                    example = "true")
            boolean fused,

            @Schema(description = "DDIM's eta: how much noise is drawn anew in each step.", example = "0.0")
            @DecimalMin("0")
            @DecimalMax("1")
            double eta,

            @Schema(description = "Pixels.", example = "64") @Min(16) @Max(2048) @MultipleOf(8)
            int width,

            @Schema(description = "Pixels.", example = "64") @Min(16) @Max(2048) @MultipleOf(8)
            int height,

            @Schema(
                    description = "Seed of the first image; the others count up from it, prompt by prompt.",
                    example = "0")
            @Min(0)
            @Max(Patterns.SAFE)
            long seed) {

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
