package dev.likeness.app.spec;

import dev.likeness.diffusion.data.CropMode;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.schedule.HuberSchedule;
import dev.likeness.diffusion.training.AveragedObjective;
import dev.likeness.diffusion.training.LossType;
import dev.likeness.diffusion.training.PartRate;
import dev.likeness.diffusion.training.TrainedPart;
import dev.likeness.diffusion.training.TrainingSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings of the training. */
@Schema(name = "Training")
public record TrainingSpec(
        @Min(1) @Max(TrainingSpec.MOST_STEPS) int steps,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
        double learningRate,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) @NotBlank @Size(max = 1000) @PlainText
        String learningRateSchedule,

        @Min(0) @Max(100_000) int warmupSteps,

        @Min(1) @Max(1000) Integer learningRateCycles,

        @Valid RatesSpec rates,

        @DecimalMin("1") @DecimalMax("1000") Double loraPlus,

        @Valid EmaSpec ema,

        OptimizerKind optimizer,

        @Min(1) @Max(64) int batchSize,

        @Min(1) @Max(256) int gradientAccumulation,

        boolean gradientCheckpointing,

        Precision precision,

        boolean trainTextEncoder,

        @DecimalMin(value = "0", inclusive = false) double maxGradNorm,

        @DecimalMin("0") double snrGamma,

        boolean debiasedEstimation,

        LossType lossType,

        HuberSchedule huberSchedule,

        @DecimalMin("0.000001") @DecimalMax("1") double huberC,

        boolean zeroTerminalSnr,

        @DecimalMin("0") @DecimalMax("1") double noiseOffset,

        @Min(0) @Max(16) int multiresNoiseIterations,

        @DecimalMin("0") @DecimalMax("1") double multiresNoiseDiscount,

        @DecimalMin("0") @DecimalMax("1") double inputPerturbation,

        @Size(max = 32) List<@NotBlank @Size(max = 100) @PlainText String> descriptiveWords,

        @DecimalMin("0") @DecimalMax("1") double descriptiveWordProbability,

        TrainingCaptions captions,

        @Schema(nullable = true) TrainingCaptions.@Nullable Source captionSource,

        @Min(16) @Max(2048) @MultipleOf(8) int resolution,

        boolean randomCrop,

        boolean randomFlip,

        CropMode crop,

        boolean buckets,

        @Size(max = 1000) List<@NotNull @Valid CropBoxSpec> cropBoxes,

        @Min(0) @Max(JobSpec.MAX_SEED) long seed,

        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        double beta1,

        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        double beta2,

        @DecimalMin("0") @DecimalMax("1") double weightDecay,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
        double epsilon,

        @Min(1) @Max(86_400) int checkpointEverySeconds,

        @Min(1) @Max(100) int keepCheckpoints,

        @Min(0) @Max(ClipSkip.MOST) int clipSkip)
        implements TrainingSettings {

    /** The most optimizer steps of a training. */
    public static final int MOST_STEPS = 100_000;

    public TrainingSpec {
        // Specs that were stored before there were these fields.
        learningRateCycles = Objects.requireNonNullElse(learningRateCycles, 1);
        rates = Objects.requireNonNullElse(rates, RatesSpec.NONE);
        ema = Objects.requireNonNullElse(ema, EmaSpec.NONE);
        loraPlus = Objects.requireNonNullElse(loraPlus, 1.0);
        // Absent in specs that were stored before there were other losses.
        lossType = lossType == null ? LossType.L2 : lossType;
        huberSchedule = huberSchedule == null ? HuberSchedule.SNR : huberSchedule;
        crop = Objects.requireNonNullElse(crop, CropMode.CENTER);
        if (randomCrop && crop == CropMode.CENTER) {
            crop = CropMode.RANDOM;
        }
        randomCrop |= crop == CropMode.RANDOM;
        cropBoxes = cropBoxes == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(cropBoxes));
        if (captionSource == null || captionSource == TrainingCaptions.Source.GIVEN) {
            captionSource = captions.source() == TrainingCaptions.Source.GIVEN ? null : captions.source();
        } else if (captions.texts().isEmpty()) {
            captions = new TrainingCaptions(captionSource, List.of());
        }
    }

    @Override
    public int cycles() {
        return learningRateCycles;
    }

    @Override
    public PartRate rate(TrainedPart part) {
        return rates.of(part).over(TrainingSettings.super.rate(part));
    }

    @Override
    public AveragedObjective.@Nullable Settings average() {
        return ema.enabled() ? ema : null;
    }

    @Override
    public double upRatio() {
        return loraPlus;
    }

    /**
     * A picture, or its mask, as far as it trains: the part in its crop box, or all of it.
     *
     * @param position of the picture, from 0
     */
    public RgbImage boxed(int position, RgbImage image) {
        return cropBoxes.isEmpty() ? image : cropBoxes.get(position).box().of(image);
    }
}
