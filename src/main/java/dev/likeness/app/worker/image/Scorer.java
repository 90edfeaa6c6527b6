package dev.likeness.app.worker.image;

import dev.likeness.app.job.ImageSet;
import dev.likeness.app.job.JobSpec;
import dev.likeness.app.job.Metric;
import dev.likeness.app.job.NewScore;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.Similarity;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.pipeline.Pipeline.ImageEncoder;
import dev.likeness.diffusion.pipeline.Pipeline.TextEncoder;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores images of one subject with the encoders that its base model has. For one thread. */
public final class Scorer {

    private static final Logger log = LoggerFactory.getLogger(Scorer.class);
    private static final int BATCH = 16;
    private static final String ALL_PAIRS = "all generated x real";
    private static final String OWN_PROMPT = "each generated x its prompt without the identifier";
    private static final String OTHER_PROMPTS = "each generated x its prompt, less the mean with the other prompts";
    private static final String CLASS_PAIRS = "all images of the class x real";
    private static final String DISTINCT = "distinct pairs of images of the class";

    private final Pipeline pipeline;
    private final String classWord;
    private final List<RgbImage> pictures;
    private final TaskControl control;
    private final ScoreGaps gaps;
    private @Nullable Eye clip;
    private @Nullable Eye dino;
    private @Nullable String clipFault;
    private @Nullable String dinoFault;

    /**
     * @param pictures the subject's
     * @param gaps why there is no value where the pipeline has no encoder
     */
    public Scorer(Pipeline pipeline, String classWord, List<RgbImage> pictures, TaskControl control, ScoreGaps gaps) {
        this.pipeline = pipeline;
        this.classWord = classWord;
        this.pictures = pictures;
        this.control = control;
        this.gaps = gaps;
    }

    /**
     * Images with what they were asked for.
     *
     * @param prompts one an image, as somebody would say it who does not know the identifier
     * @param subsets one an image, those of the same one are also scored by themselves; empty for none
     */
    public record Images(
            ImageSet set, int step, List<RgbImage> generated, List<String> prompts, List<String> subsets) {}

    /** How like the subject images are, and how well they show what they were asked for. */
    public List<NewScore> faithfulness(Images images) {
        Rows rows = new Rows(images);
        Eye clip = clip();
        if (clip == null) {
            rows.unmeasured(Metric.CLIP_I, clipGap());
            rows.unmeasured(Metric.CLIP_T, clipGap());
        } else {
            float[][] seen = clip.embed(images.generated());
            rows.likeness(Metric.CLIP_I, clip, seen);
            rows.promptFidelity(clip, seen);
        }
        Eye dino = dino();
        if (dino == null) {
            rows.unmeasured(Metric.DINO, dinoFault == null ? gaps.dino() : dinoFault);
        } else {
            rows.likeness(Metric.DINO, dino, dino.embed(images.generated()));
        }
        return rows.all;
    }

    /** What became of the plain class: whether it looks like the subject now, and whether it has lost its variety. */
    public List<NewScore> plainClass(int step, List<RgbImage> generated) {
        Rows rows = new Rows(new Images(ImageSet.CHECKPOINT, step, generated, List.of(), List.of()));
        Eye finer = dino() == null ? clip() : dino();
        if (finer == null) {
            rows.unmeasured(Metric.PRES, clipGap());
            rows.unmeasured(Metric.DIV, clipGap());
            return rows.all;
        }
        float[][] seen = finer.embed(generated);
        rows.add(Metric.PRES, finer, CLASS_PAIRS, finer.reference, Similarity.between(seen, finer.real), null);
        rows.add(
                Metric.DIV,
                finer,
                DISTINCT,
                1 - finer.reference,
                Similarity.within(seen).complement(),
                null);
        return rows.all;
    }

    private @Nullable Eye clip() {
        if (clip == null && clipFault == null) {
            try {
                // The text tower too: what it cannot do is to be known before anything is scored.
                pipeline.textEncoder();
                clip = eye(pipeline.imageEncoder());
            } catch (InvalidModelException e) {
                clipFault = fault("CLIP", e);
            }
        }
        return clip;
    }

    private @Nullable Eye dino() {
        if (dino == null && dinoFault == null) {
            try {
                dino = eye(pipeline.dinoEncoder());
            } catch (InvalidModelException e) {
                dinoFault = fault("DINO", e);
            }
        }
        return dino;
    }

    private String clipGap() {
        return clipFault == null ? gaps.clip() : clipFault;
    }

    /** What makes scores is no part of the base model: a job goes on without. */
    private static String fault(String kind, InvalidModelException e) {
        log.warn("nothing is scored by {}", kind, e);
        return "the %s that was to score cannot be used: %s".formatted(kind, e.getMessage());
    }

    private @Nullable Eye eye(Optional<ImageEncoder> encoder) {
        return encoder.map(Eye::new).orElse(null);
    }

    /** An encoder, and the subject as it sees it. */
    private final class Eye {

        private final ImageEncoder encoder;
        private final float[][] real;
        private final double reference;

        Eye(ImageEncoder encoder) {
            this.encoder = encoder;
            real = embed(pictures);
            reference = Similarity.within(real).value();
        }

        float[][] embed(List<RgbImage> images) {
            List<float[]> embeddings = new ArrayList<>();
            for (int from = 0; from < images.size(); from += BATCH) {
                control.check();
                List<RgbImage> some = images.subList(from, Math.min(from + BATCH, images.size()));
                embeddings.addAll(Arrays.asList(encoder.embed(some)));
            }
            return embeddings.toArray(float[][]::new);
        }
    }

    /** The scores of one set of images. */
    private final class Rows {

        private final Images images;
        private final List<NewScore> all = new ArrayList<>();

        Rows(Images images) {
            this.images = images;
        }

        void likeness(Metric metric, Eye eye, float[][] seen) {
            add(metric, eye, ALL_PAIRS, eye.reference, Similarity.between(seen, eye.real), null);
            for (String subset : new LinkedHashSet<>(images.subsets())) {
                add(metric, eye, ALL_PAIRS, eye.reference, Similarity.between(of(subset, seen), eye.real), subset);
            }
        }

        void promptFidelity(Eye clip, float[][] seen) {
            List<String> prompts = List.copyOf(new LinkedHashSet<>(images.prompts()));
            TextEncoder encoder = pipeline.textEncoder().orElseThrow();
            float[][] embedded = encoder.embed(prompts);
            float[][] plainClass = encoder.embed(List.of(JobSpec.CLASS_PROMPT.replace("{class}", classWord)));
            double reference = Similarity.between(clip.real, plainClass).value();
            float[][] asked = images.prompts().stream()
                    .map(prompt -> embedded[prompts.indexOf(prompt)])
                    .toArray(float[][]::new);
            add(Metric.CLIP_T, clip, OWN_PROMPT, reference, Similarity.matching(seen, asked), null);
            for (String subset : new LinkedHashSet<>(images.subsets())) {
                Similarity found = Similarity.matching(of(subset, seen), of(subset, asked));
                add(Metric.CLIP_T, clip, OWN_PROMPT, reference, found, subset);
            }
            if (prompts.size() > 1) {
                int[] places =
                        images.prompts().stream().mapToInt(prompts::indexOf).toArray();
                add(Metric.CLIP_T_MARGIN, clip, OTHER_PROMPTS, null, Similarity.margin(seen, places, embedded), null);
            }
        }

        private float[][] of(String subset, float[][] each) {
            return IntStream.range(0, each.length)
                    .filter(i -> images.subsets().get(i).equals(subset))
                    .mapToObj(i -> each[i])
                    .toArray(float[][]::new);
        }

        void add(
                Metric metric,
                Eye eye,
                String pairing,
                @Nullable Double reference,
                Similarity found,
                @Nullable String subset) {
            all.add(new NewScore(
                    images.set(),
                    metric,
                    found.value(),
                    null,
                    found.n(),
                    new NewScore.Interval(found.low(), found.high()),
                    eye.encoder.id(),
                    pairing,
                    reference,
                    images.step(),
                    subset));
        }

        void unmeasured(Metric metric, String reason) {
            all.add(new NewScore(
                    images.set(), metric, null, reason, 0, null, "none", "none", null, images.step(), null));
        }
    }
}
