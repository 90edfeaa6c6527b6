package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.data.CropMode;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.face.FacialLoss;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.training.LossType;
import dev.likeness.diffusion.training.PartRate;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainedPart;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts are those of release 1.0.0, so that its checkpoints resume. */
class TrainingFingerprintTests {

    private static final String PROMPTS =
            "Prompts[templates=[a photo of a <sks>, the <sks>], captions=[a <sks> in the snow], words=[sharp],"
                    + " wordProbability=0.25]";

    private static final String SETTINGS =
            "batch 2x3|rate 7.0E-4 cosine 20|resolution 512 flip|bf16|clip 1.0 snr 5.0 offset 0.1"
                    + "|adamw_8bit 0.9 0.999 0.01 1.0E-8|seed 7";

    private static final RgbImage PICTURE = new RgbImage(1, 1, new byte[3]);

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of(new DreamBooth(true), "DreamBooth[textEncoder=true]"),
                Arguments.of(
                        new Lora(new LoraSettings(4, 8, 0.1, LoraTargets.LINEAR), false),
                        "Lora[rank=4, alpha=8.0, dropout=0.1, targets=linear, textEncoder=false]"),
                Arguments.of(
                        new TextualInversion("<sks>", 2, "owl", null),
                        "TextualInversion[placeholder=<sks>, vectors=2, initializer=owl, momentum=null]"),
                Arguments.of(
                        new TextualInversion("<sks>", 2, "owl", new Momentum(0.4, MomentumMode.EMA, "bird")),
                        "TextualInversion[placeholder=<sks>, vectors=2, initializer=owl, momentum=Momentum[gamma=0.4,"
                                + " mode=ema, anchor=bird]]"));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void namesTheMethodWithItsSettings(Method method, String text) {
        assertThat(TrainingFingerprint.of("0123", request(method, null, null)))
                .isEqualTo("0123|%s|%s|faces null|no prior|2+0|%s".formatted(text, PROMPTS, SETTINGS));
    }

    @ParameterizedTest
    @CsvSource({"CROP, false", "MASK, true"})
    void namesTheFacialLoss(FacialLoss region, boolean masked) {
        TrainingRequest.Faces faces =
                new TrainingRequest.Faces(List.of(Optional.of(new FaceCrop(1, 2, 30)), Optional.empty()), region, 0.5);

        assertThat(TrainingFingerprint.of("0123", request(new DreamBooth(true), faces, null)))
                .contains(
                        "|faces Faces[crops=[Optional[FaceCrop[x=1, y=2, side=30]], Optional.empty], masked=%s, weight=0.5]|"
                                .formatted(masked));
    }

    @Test
    void namesThePriorImages() {
        TrainingRequest.Prior prior =
                new TrainingRequest.Prior(List.of(PICTURE, PICTURE, PICTURE), "a photo of a bird", 0.75);

        assertThat(TrainingFingerprint.of("0123", request(new DreamBooth(true), null, prior)))
                .contains("|a photo of a bird lambda 0.75|2+3|");
    }

    @Test
    void namesBucketsCropsAndMasksIfThereAreSome() {
        TrainingRequest plain = request(new DreamBooth(true), null, null);
        TrainingRequest.Subject subject = plain.subject();
        TrainingRequest.Masks masks = new TrainingRequest.Masks(List.of(Optional.empty(), Optional.of(PICTURE)), 0.25);
        TinySettings saliency = new Settings() {
            @Override
            public CropMode crop() {
                return CropMode.SALIENCY;
            }
        };

        assertThat(TrainingFingerprint.of(
                        "0123",
                        new TrainingRequest(
                                plain.method(),
                                new TrainingRequest.Subject(
                                        subject.images(), subject.prompts(), null, subject.focuses(), masks),
                                null,
                                saliency.withBuckets(),
                                null)))
                .contains("|resolution 64 flip crop saliency buckets masks outside 0.25|");
        assertThat(TrainingFingerprint.of(
                        "0123",
                        new TrainingRequest(plain.method(), subject, null, new Settings().withRandomCrop(), null)))
                .contains("|resolution 64 flip crop|");
    }

    /** Captions of class images change the losses, so a checkpoint without them does not fit. */
    @Test
    void namesTheCaptionsOfClassImages() {
        Prompts captions = new Prompts(List.of("a photo of a bird"), List.of("an owl", "a gull"), List.of(), 0);
        TrainingRequest.Prior prior = new TrainingRequest.Prior(List.of(PICTURE, PICTURE), captions, 1);

        assertThat(TrainingFingerprint.of("0123", request(new DreamBooth(true), null, prior)))
                .contains("captions=[an owl, a gull]")
                .contains("|2+2|");
    }

    /** One rate for everything adds nothing to the text. */
    @Test
    void namesRatesApart() {
        TrainingRequest plain = request(new DreamBooth(true), null, null);
        TrainingRequest apart =
                new TrainingRequest(plain.method(), plain.subject(), plain.prior(), new Apart(), plain.resumeFrom());

        assertThat(TrainingFingerprint.of("0123", apart))
                .contains("cosine 20 cycles 2 EMBEDDINGS PartRate[learningRate=0.005, schedule=rex, warmupSteps=3,"
                        + " cycles=1] ratio 16.0|");
    }

    private static final class Apart extends Settings {

        @Override
        public int cycles() {
            return 2;
        }

        @Override
        public PartRate rate(TrainedPart part) {
            return part == TrainedPart.EMBEDDINGS ? new PartRate(0.005, "rex", 3, 1) : super.rate(part);
        }

        @Override
        public double upRatio() {
            return 16;
        }
    }

    /** Nothing without them, so that checkpoints of releases without them resume. */
    @Test
    void namesTheSettingsOfTheLoss() {
        TinySettings all = new TinySettings() {
            @Override
            public boolean zeroTerminalSnr() {
                return true;
            }

            @Override
            public boolean debiasedEstimation() {
                return true;
            }

            @Override
            public LossType lossType() {
                return LossType.SMOOTH_L1;
            }

            @Override
            public int multiresNoiseIterations() {
                return 6;
            }

            @Override
            public double inputPerturbation() {
                return 0.1;
            }
        };
        TrainingRequest plain = request(new DreamBooth(true), null, null);
        TrainingRequest request = new TrainingRequest(plain.method(), plain.subject(), null, all, null);

        assertThat(TrainingFingerprint.of("0123", request))
                .endsWith("|seed 0|zero terminal snr|debiased|smooth_l1 snr 0.1|pyramid 6 0.3|perturbation 0.1");
        assertThat(TrainingFingerprint.of("0123", plain)).endsWith("|seed 7");
    }

    private static TrainingRequest request(
            Method method, TrainingRequest.@Nullable Faces faces, TrainingRequest.@Nullable Prior prior) {
        Prompts prompts = new Prompts(
                List.of("a photo of a <sks>", "the <sks>"), List.of("a <sks> in the snow"), List.of("sharp"), 0.25);
        return new TrainingRequest(
                method,
                new TrainingRequest.Subject(List.of(PICTURE, PICTURE), prompts, faces),
                prior,
                new Settings().batch(2, 3).resolution(512).precision("bf16").optimizer("adamw_8bit"),
                null);
    }

    private static class Settings extends TinySettings {

        @Override
        public String learningRateSchedule() {
            return "cosine";
        }

        @Override
        public int warmupSteps() {
            return 20;
        }

        @Override
        public boolean randomFlip() {
            return true;
        }

        @Override
        public double snrGamma() {
            return 5;
        }

        @Override
        public double noiseOffset() {
            return 0.1;
        }

        @Override
        public long seed() {
            return 7;
        }
    }
}
