package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.training.AveragedObjective;
import dev.likeness.diffusion.training.LossType;
import dev.likeness.diffusion.training.PartRate;
import dev.likeness.diffusion.training.TrainedPart;
import dev.likeness.diffusion.training.TrainingSettings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the losses of a training depend on, as text. A run resumes only from a checkpoint with the same text, so
 * no release may change it.
 */
final class TrainingFingerprint {

    private TrainingFingerprint() {}

    /** @param model hash of the base model */
    static String of(String model, TrainingRequest request) {
        TrainingSettings s = request.settings();
        TrainingRequest.Prior prior = request.prior();
        return String.join(
                "|",
                List.of(
                        model,
                        request.method().toString(),
                        request.subject().prompts().toString(),
                        "faces " + request.subject().faces(),
                        prior == null ? "no prior" : prior.prompt() + " lambda " + prior.weight(),
                        request.subject().images().size() + "+"
                                + (prior == null ? 0 : prior.images().size()),
                        "batch " + s.batchSize() + "x" + s.gradientAccumulation(),
                        "rate " + s.learningRate() + " " + s.learningRateSchedule() + " " + s.warmupSteps() + apart(s),
                        "resolution " + s.resolution()
                                + (s.randomFlip() ? " flip" : "")
                                + crop(s)
                                + (s.buckets() ? " buckets" : "")
                                + masks(request.subject().masks()),
                        s.precision().wire(),
                        "clip " + s.maxGradNorm() + " snr " + s.minSnrGamma() + " offset " + s.noiseOffset(),
                        "%s %s %s %s %s"
                                        .formatted(
                                                s.optimizer().wire(),
                                                s.beta1(),
                                                s.beta2(),
                                                s.weightDecay(),
                                                s.epsilon())
                                + average(s),
                        "seed " + s.seed() + (s.clipSkip() == 0 ? "" : " clip_skip " + s.clipSkip()) + losses(s)));
    }

    /** Nothing for settings of releases that had no others. */
    private static String losses(TrainingSettings s) {
        StringBuilder text = new StringBuilder();
        if (s.zeroTerminalSnr()) {
            text.append("|zero terminal snr");
        }
        if (s.debiasedEstimation()) {
            text.append("|debiased");
        }
        if (s.lossType() != LossType.L2) {
            text.append(
                    "|%s %s %s".formatted(s.lossType().wire(), s.huberSchedule().wire(), s.huberC()));
        }
        if (s.multiresNoiseIterations() > 0) {
            text.append("|pyramid %s %s".formatted(s.multiresNoiseIterations(), s.multiresNoiseDiscount()));
        }
        if (s.inputPerturbation() > 0) {
            text.append("|perturbation ").append(s.inputPerturbation());
        }
        return text.toString();
    }

    /** Releases before crop modes had only the middle, without a text, and random crops. */
    private static String crop(TrainingSettings settings) {
        return switch (settings.crop()) {
            case CENTER -> "";
            case RANDOM -> " crop";
            case FACE, SALIENCY -> " crop " + settings.crop().wire();
        };
    }

    private static String masks(TrainingRequest.@Nullable Masks masks) {
        return masks == null ? "" : " masks outside " + masks.outside();
    }

    /** Empty without an average. */
    private static String average(TrainingSettings s) {
        AveragedObjective.Settings ema = s.average();
        return ema == null
                ? ""
                : " ema %s %s %s %s %s %s"
                        .formatted(
                                ema.decay(),
                                ema.minDecay(),
                                ema.updateAfterStep(),
                                ema.warmup(),
                                ema.invGamma(),
                                ema.power());
    }

    /** Empty with one rate for everything, as in releases without others. */
    private static String apart(TrainingSettings s) {
        PartRate ofRun = new PartRate(s.learningRate(), s.learningRateSchedule(), s.warmupSteps(), s.cycles());
        return (s.cycles() == 1 ? "" : " cycles " + s.cycles())
                + Stream.of(TrainedPart.values())
                        .filter(part -> !s.rate(part).equals(ofRun))
                        .map(part -> " " + part + " " + s.rate(part))
                        .collect(Collectors.joining())
                + (s.upRatio() == 1 ? "" : " ratio " + s.upRatio());
    }
}
