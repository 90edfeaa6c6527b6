package dev.likeness.app.worker.score;

import dev.likeness.app.score.Score;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.EncodedImages;
import dev.likeness.diffusion.evaluation.EncoderKind;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores images of one subject by every {@link Metric}, with the encoders of the pipeline. For one thread. */
public final class Scorer {

    private static final Logger log = LoggerFactory.getLogger(Scorer.class);

    private final Pipeline pipeline;
    private final String classPrompt;
    private final List<RgbImage> pictures;
    private final TaskControl control;
    private final ScoreGaps gaps;
    private final Map<EncoderKind, Optional<SubjectEncoder>> encoders = new EnumMap<>(EncoderKind.class);
    private final Map<EncoderKind, String> faults = new EnumMap<>(EncoderKind.class);

    /**
     * @param pictures the subject's
     * @param gaps why the pipeline lacks encoders
     */
    public Scorer(Pipeline pipeline, String classWord, List<RgbImage> pictures, TaskControl control, ScoreGaps gaps) {
        this.pipeline = pipeline;
        this.classPrompt = JobSpec.CLASS_PROMPT.replace("{class}", classWord);
        this.pictures = pictures;
        this.control = control;
        this.gaps = gaps;
    }

    /**
     * The values of every metric for these images, in order. A metric without an encoder has a reason instead of a
     * value.
     */
    public List<Score> score(ScoredImages images) {
        ScoreBuilder scores = new ScoreBuilder(images);
        Map<EncoderKind, EncodedImages> encoded = new EnumMap<>(EncoderKind.class);
        for (Metric metric : Metric.of(images.shown())) {
            Optional<EncoderKind> kind = metric.encoders().stream()
                    .filter(it -> encoder(it).isPresent())
                    .findFirst();
            if (kind.isPresent()) {
                scores.measure(
                        metric,
                        encoded.computeIfAbsent(
                                kind.get(), it -> encoder(it).orElseThrow().encode(images)));
            } else {
                scores.missing(
                        metric, reason(metric.encoders().get(metric.encoders().size() - 1)));
            }
        }
        return scores.build();
    }

    private Optional<SubjectEncoder> encoder(EncoderKind kind) {
        return encoders.computeIfAbsent(kind, this::open);
    }

    /** Empty if the pipeline has no usable encoder: a task continues without its scores. */
    private Optional<SubjectEncoder> open(EncoderKind kind) {
        try {
            return switch (kind) {
                case CLIP -> {
                    // Includes texts, so that an unusable text encoder is found before anything is scored.
                    Optional<Pipeline.TextEncoder> texts = pipeline.textEncoder();
                    yield pipeline.imageEncoder().map(it -> encoder(it, texts));
                }
                case CIELAB -> Optional.of(new SubjectEncoder(new Colouring(), null, classPrompt, pictures, control));
                case PATCHES -> Optional.of(new SubjectEncoder(new Detailing(), null, classPrompt, pictures, control));
                case DINO -> pipeline.dinoEncoder().map(it -> encoder(it, Optional.empty()));
            };
        } catch (InvalidModelException e) {
            log.warn("there are no scores of {}", kind, e);
            faults.put(kind, "the %s encoder cannot be used: %s".formatted(kind, e.getMessage()));
            return Optional.empty();
        }
    }

    private SubjectEncoder encoder(Pipeline.ImageEncoder images, Optional<Pipeline.TextEncoder> texts) {
        return new SubjectEncoder(images, texts.orElse(null), classPrompt, pictures, control);
    }

    private String reason(EncoderKind kind) {
        return faults.getOrDefault(kind, gaps.reason(kind));
    }
}
