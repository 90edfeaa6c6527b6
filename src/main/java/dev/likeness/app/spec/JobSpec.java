package dev.likeness.app.spec;

import dev.likeness.diffusion.caption.CaptionWords;
import dev.likeness.diffusion.method.MethodSettings;
import dev.likeness.diffusion.method.MethodType;
import dev.likeness.diffusion.method.Methods;
import dev.likeness.diffusion.token.PromptSyntax;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** All settings of a job. Prompts contain the placeholders {@code {subject}} and {@code {class}}. */
public record JobSpec(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) @NotBlank
        String model,

        @MethodName String method,

        @Schema(nullable = true) @Nullable UUID baseJobId,

        @Schema(nullable = true) @Nullable String preset,

        @Pattern(regexp = JobSpec.WORD, message = "must be one word") @Size(max = 64) @PlainText
        String identifier,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        @NotBlank
        @Size(max = PlainText.PROMPT)
        @PlainText
        @Placeholders
        @PromptGrammar(PromptGrammar.Use.TRAINING)
        @JsonDeserialize(using = OneLine.class)
        String instancePrompt,

        @Valid TrainingSpec training,

        @Valid PriorSpec prior,

        @Valid LoraSpec lora,

        @Valid TextualInversionSpec textualInversion,

        @Valid PivotalTuningSpec pivotalTuning,

        @Valid FaceSpec face,

        @Valid MaskSpec mask,

        @Valid PreviewSpec previews,

        @Valid ScoringSpec evaluation,

        @Valid SamplingSpec sampling)
        implements MethodSettings {

    public JobSpec {
        mask = Objects.requireNonNullElse(mask, MaskSpec.NONE);
        pivotalTuning = Objects.requireNonNullElse(pivotalTuning, PivotalTuningSpec.DEFAULT);
    }

    /** The largest seed: the largest integer that JavaScript represents exactly. */
    public static final long MAX_SEED = (1L << 53) - 1;

    private static final String WORD = "^[^\\s{}]+$";

    /** Prompt for samples of the class without the subject. */
    public static final String CLASS_PROMPT = "a photo of a {class}";

    /**
     * {@code {subject}} and {@code {class}} replaced by what stands for the subject and by the class word, escaped, so that these
     * words form no prompt syntax.
     */
    public String expand(String prompt, String classWord) {
        String subject = usesTextualInversion() && !textualInversion.classWordInPrompt()
                ? placeholderToken()
                : placeholderToken() + " " + classWord;
        return PromptSyntax.fill(prompt, Map.of("{subject}", subject, "{class}", classWord));
    }

    /**
     * The prompt with the class word instead of the subject, and without prompt syntax, for text encoders that do not
     * know the identifier.
     */
    public String classPrompt(String prompt, String classWord) {
        String named = PromptSyntax.text(expand(prompt, classWord));
        String word = java.util.regex.Pattern.quote(placeholderToken());
        String both = "(?iu)(?<!\\S)%s(\\s+%s)?(?!\\w)".formatted(word, java.util.regex.Pattern.quote(classWord));
        return named.replaceAll(both, Matcher.quoteReplacement(classWord));
    }

    /**
     * A caption as a prompt. It replaces the class word by the subject, or puts the subject in front if the class word
     * is missing. A caption with {@code {subject}} stays unchanged.
     */
    public String name(String caption, String classWord) {
        if (caption.contains("{subject}")) {
            return caption;
        }
        boolean keepClassWord = !usesTextualInversion() || textualInversion.classWordInPrompt();
        return new CaptionWords(classWord, PromptSyntax.escape(placeholderToken()), keepClassWord)
                .name(PromptSyntax.fill(caption, Map.of("{class}", classWord)));
    }

    @Override
    public boolean trainTextEncoder() {
        return training.trainTextEncoder();
    }

    @Override
    public int steps() {
        return training.steps();
    }

    /** The method with the name {@link #method}. */
    public MethodType trainingMethod() {
        return Methods.named(method);
    }

    /** Whether the method trains the embeddings of a placeholder token, with or without momentum or adapters. */
    public boolean usesTextualInversion() {
        return Methods.find(method).filter(it -> it.yields().hasEmbeddings()).isPresent();
    }

    /** Whether the method is textual inversion with momentum, from which another job can continue. */
    public boolean usesMomentum() {
        return Methods.find(method).filter(MethodType::hasMomentum).isPresent();
    }

    /**
     * The word for the subject in prompts: the identifier, or for textual inversion and pivotal tuning the placeholder token made from it.
     */
    public String placeholderToken() {
        return usesTextualInversion() && !identifier.startsWith("<") ? "<" + identifier + ">" : identifier;
    }

    /** Images generated during training. Settings without a preview value come from the section {@code sampling}. */
    public ImagePlan previewPlan() {
        return sampling.plan(previews.prompts(), previews.imagesPerPrompt(), previews.seed());
    }

    /** Images of the subject for each scored checkpoint. */
    public ImagePlan scoringPlan() {
        return sampling.plan(evaluation.prompts(), evaluation.imagesPerPrompt(), evaluation.seed());
    }

    /** Images of the class for each scored checkpoint. */
    public ImagePlan classPlan() {
        return sampling.plan(List.of(CLASS_PROMPT), evaluation.classImages(), evaluation.seed());
    }

    /** Number of images that score the weights of one step, of the subject and of the class. */
    public int imagesPerScoring() {
        return evaluation.images() + evaluation.classImages();
    }

    /** Total number of images for {@link ScoringSpec}, including those of the untrained model. */
    public int evaluationImages() {
        // With an average, the raw weights of each checkpoint are scored, too.
        int series = training.average() == null ? 1 : 2;
        return (evaluation.checkpoints() * series + 1) * imagesPerScoring();
    }

    /** Total number of images for {@link PreviewSpec}. */
    public int previewImages() {
        int times = previews.everySteps() == 0 ? 0 : (training.steps() - 1) / previews.everySteps();
        return times * previews.images();
    }

    /** Number of images for {@link SamplingSpec}. */
    public int images() {
        return sampling.plan().images();
    }
}
