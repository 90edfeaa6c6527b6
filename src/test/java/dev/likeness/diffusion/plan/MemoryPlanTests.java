package dev.likeness.diffusion.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.PivotalTuning;
import dev.likeness.diffusion.method.TestMethodSettings;
import dev.likeness.diffusion.plan.Workload.Encoded;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.text.ClipTextConfig;
import dev.likeness.diffusion.unet.UnetConfig;
import dev.likeness.diffusion.vae.VaeConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How much memory training takes. */
class MemoryPlanTests extends MemoryPlanTest {

    /** One level, one layer and only the middle attention: small enough to count by hand. */
    private static final ModelSize ONE_LEVEL = new ModelSize(
            new ModelSize.Network(
                    new Parameters(1000, 10, 20, 0, 400),
                    UnetConfig.of(ModelConfig.parse("""
                                    {"block_out_channels": [8], "layers_per_block": 1,
                                     "down_block_types": ["DownBlock2D"], "up_block_types": ["UpBlock2D"],
                                     "num_attention_heads": 2, "cross_attention_dim": 6, "norm_num_groups": 4}
                                    """)).topology()),
            List.of(new ModelSize.Network(
                    new Parameters(100, 1, 2, 30, 40),
                    ClipTextConfig.of("config.json", ModelConfig.parse("""
                                    {"vocab_size": 9, "max_position_embeddings": 5, "hidden_size": 4,
                                     "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
                                     "hidden_act": "gelu", "eos_token_id": 2}
                                    """)).topology())),
            new ModelSize.Autoencoder(
                    new Parameters(2000, 0, 1, 0, 0),
                    new VaeConfig(3, 3, 4, 1, 2, List.of(2, 4), null, null, true, true).decoder(),
                    2),
            Map.of("clip", 5L, "dino", 2L));

    private static final MethodMemory MOMENTUM = Momentum.TYPE.memory(TestMethodSettings.ANY);

    @Nested
    class Weights {

        private final long tables = sd15.textEncoders().get(0).parameters().tables();

        @Test
        void areInFull() {
            assertThat(estimate(DREAMBOOTH, Precision.FP32, PLAIN).weights()).isEqualTo(4 * unet);
        }

        @ParameterizedTest
        @EnumSource(
                value = Precision.class,
                names = {"BF16", "FP16"})
        void ofABaseThatDoesNotLearnAreHeldInHalfButForTables(Precision precision) {
            MemoryEstimate estimate = estimate(INVERSION, precision, PLAIN);

            assertThat(tables).isEqualTo((49408 + 77) * 768);
            assertThat(estimate.held()).isEqualTo(2 * (unet + text - tables) + 4 * tables);
            assertThat(estimate.weights()).isEqualTo(4 * (unet + text));
        }

        @Test
        void areHeldInFullWhereTheUnetLearns() {
            assertThat(estimate(DREAMBOOTH, Precision.BF16, PLAIN).held()).isEqualTo(4 * unet);
        }

        @Test
        void ofAnAdapterComeOnTop() {
            MemoryOptions withText = new MemoryOptions(1, 1, false, OptimizerKind.ADAMW, true, 16);
            long ofUnet = sd15.denoiser().parameters().attentionAdapter();
            long ofText = sd15.textEncoders().get(0).parameters().attentionAdapter();

            assertThat(estimate(lora(4, LoraTargets.ATTENTION), Precision.FP32, PLAIN)
                            .weights())
                    .isEqualTo(4 * unet + 4 * 4 * ofUnet);
            assertThat(estimate(lora(4, LoraTargets.ATTENTION), Precision.FP32, withText)
                            .weights())
                    .isEqualTo(4 * (unet + text) + 4 * 4 * (ofUnet + ofText));
        }

        @Test
        void ofAnAdapterAtEveryLayerAreMoreButNotInTheTextEncoder() {
            MemoryOptions withText = new MemoryOptions(1, 1, false, OptimizerKind.ADAMW, true, 16);
            Workload everywhere =
                    new Workload(lora(8, LoraTargets.ALL), 512, 0, Precision.FP32, false, List.of(), List.of());
            long adapters = sd15.denoiser().parameters().fullAdapter()
                    + sd15.textEncoders().get(0).parameters().attentionAdapter();

            assertThat(plan(everywhere, withText).estimate().weights()).isEqualTo(4 * (unet + text) + 4 * 8 * adapters);
        }

        @Test
        void ofFrozenTextEncodersAndTheAutoencoderAreInMemoryOnlyWhileTheyAreUsed() {
            List<SamplingLoad> small = List.of(new SamplingLoad(64, 64, 1));
            Workload adapters =
                    new Workload(lora(4, LoraTargets.ATTENTION), 64, 0, Precision.FP32, false, small, small);
            MemoryEstimate frozen = plan(adapters, PLAIN).estimate();
            MemoryOptions withText = new MemoryOptions(1, 1, false, OptimizerKind.ADAMW, true, 16);
            MemoryEstimate trained = plan(adapters, withText).estimate();

            assertThat(frozen.encoding()).isEqualTo(4 * text);
            assertThat(frozen.sampling()).isEqualTo(4 * text);
            assertThat(frozen.previews()).isEqualTo(4 * text);
            assertThat((double) trained.sampling()).isBetween(4 * 0.55 * vae, 4 * 0.70 * vae);
            assertThat((double) trained.encoding()).isBetween(4 * 0.4 * vae, 4 * 0.5 * vae);
        }

        @ParameterizedTest
        @CsvSource({"false, false", "true, false", "false, true", "true, true"})
        void stayDuringTrainingWhereEachStepEncodes(boolean pictures, boolean prompts) {
            MethodMemory method = lora(4, LoraTargets.ATTENTION);
            List<SamplingLoad> small = List.of(new SamplingLoad(64, 64, 1));
            MemoryEstimate before = plan(new Workload(method, 512, 0, Precision.FP32, false, small, small), PLAIN)
                    .estimate();
            Set<Encoded> encoded = EnumSet.noneOf(Encoded.class);
            if (pictures) {
                encoded.add(Encoded.PICTURES);
            }
            if (prompts) {
                encoded.add(Encoded.PROMPTS);
            }
            MemoryEstimate steps = plan(
                            new Workload(method, 512, 0, Precision.FP32, false, small, small, encoded), PLAIN)
                    .estimate();

            long encoder = 4 * (vae - sd15.autoencoder().decoderWeights());
            long more = (pictures ? encoder : 0) + (prompts ? 4 * text : 0);
            assertThat(steps.training() - before.training()).isEqualTo(more);
            assertThat(steps.samplingPeak()).isEqualTo(before.samplingPeak());
            assertThat(steps.encoding()).isEqualTo(before.encoding());
            assertThat(steps.previews()).isEqualTo(before.previews());
        }

        @Test
        void ofTrainedTextEncodersCountOnceWhereEachStepEncodesPrompts() {
            MemoryOptions withText = new MemoryOptions(1, 1, false, OptimizerKind.ADAMW, true, 16);
            Workload steps = new Workload(
                    DREAMBOOTH, 512, 0, Precision.FP32, false, List.of(), List.of(), Set.of(Encoded.PROMPTS));

            assertThat(plan(steps, withText).peak())
                    .isEqualTo(
                            plan(run(DREAMBOOTH, 0, Precision.FP32), withText).peak());
        }

        @Test
        void ofOtherScorersCountWhereTheModelHasNone() {
            Map<String, Long> others = Map.of("clip", 100_000L, "dino", 10_000L);

            assertThat(ONE_LEVEL.withScorers(others)).isEqualTo(ONE_LEVEL);
            assertThat(new MemoryPlan(sd15.withScorers(others), run(DREAMBOOTH, 0, Precision.FP32), PLAIN).peak()
                            - plan(run(DREAMBOOTH, 0, Precision.FP32), PLAIN).peak())
                    .isEqualTo(4 * 110_000);
        }

        @Test
        void ofTheScorerStayBesideTheModel() {
            assertThat(new MemoryPlan(ONE_LEVEL, run(DREAMBOOTH, 0, Precision.FP32), PLAIN)
                            .estimate()
                            .weights())
                    .isEqualTo(4 * (1000 + 100 + 2000 + 7));
        }
    }

    @Nested
    class OptimizerState {

        @Test
        void isEightBytesOfAdamW() {
            assertThat(estimate(DREAMBOOTH, Precision.FP32, PLAIN).optimizer()).isEqualTo(8 * unet);
        }

        @Test
        void isAQuarterInEightBits() {
            MemoryOptions eightBit = PLAIN.withOptimizer(OptimizerKind.ADAMW_8BIT);

            assertThat((double) estimate(DREAMBOOTH, Precision.FP32, eightBit).optimizer())
                    .isCloseTo(2.0 * unet, Percentage.withPercentage(2));
        }

        @Test
        void isNextToNothingOfAdafactor() {
            MemoryOptions adafactor = PLAIN.withOptimizer(OptimizerKind.ADAFACTOR);

            assertThat(estimate(DREAMBOOTH, Precision.FP32, adafactor).optimizer())
                    .isLessThan(unet / 10);
        }

        @Test
        void isHalfOfAdamWsForLionTwiceAsMuchForProdigyAndOneAndAHalfScheduleFree() {
            assertThat(estimate(DREAMBOOTH, Precision.FP32, PLAIN.withOptimizer(OptimizerKind.LION))
                            .optimizer())
                    .isEqualTo(4 * unet);
            assertThat(estimate(DREAMBOOTH, Precision.FP32, PLAIN.withOptimizer(OptimizerKind.PRODIGY))
                            .optimizer())
                    .isEqualTo(16 * unet);
            assertThat(estimate(DREAMBOOTH, Precision.FP32, PLAIN.withOptimizer(OptimizerKind.ADAMW_SCHEDULE_FREE))
                            .optimizer())
                    .isEqualTo(12 * unet);
        }

        @Test
        void hasOneMoreNumberForEachWithAnAverage() {
            MemoryEstimate plain = estimate(DREAMBOOTH, Precision.FP32, PLAIN);
            MemoryEstimate averaged = estimate(DREAMBOOTH.withAverage(), Precision.FP32, PLAIN);

            assertThat(averaged.optimizer()).isEqualTo(plain.optimizer() + 4 * unet);
            assertThat(averaged.samplingPeak()).isEqualTo(plain.samplingPeak());
        }

        @Test
        void coversTheTextEncoderWhereItLearns() {
            MemoryOptions withText = new MemoryOptions(1, 1, false, OptimizerKind.ADAMW, true, 16);

            assertThat(estimate(DREAMBOOTH, Precision.FP32, withText).optimizer())
                    .isEqualTo(8 * (unet + text));
        }

        /** A word's embeddings are too few to count, and gradients pass through the text encoder to them. */
        @Test
        void isThatOfTheAdapterInPivotalTuning() {
            MethodMemory lora = Lora.TYPE.memory(TestMethodSettings.ANY);
            MethodMemory pivotal = PivotalTuning.TYPE.memory(TestMethodSettings.ANY);
            MemoryOptions withText = new MemoryOptions(1, 1, false, OptimizerKind.ADAMW, true, 16);

            for (MemoryOptions options : List.of(PLAIN, withText)) {
                assertThat(estimate(pivotal, Precision.FP32, options).optimizer())
                        .isEqualTo(estimate(lora, Precision.FP32, options).optimizer())
                        .isPositive();
            }
            assertThat(estimate(pivotal, Precision.FP32, withText).optimizer())
                    .isGreaterThan(estimate(pivotal, Precision.FP32, PLAIN).optimizer());
            assertThat(estimate(pivotal, Precision.FP32, PLAIN).backward())
                    .isGreaterThan(estimate(lora, Precision.FP32, PLAIN).backward());
        }

        @Test
        void isNothingWhereOnlyEmbeddingsLearn() {
            assertThat(estimate(MOMENTUM, Precision.FP32, PLAIN).optimizer()).isZero();
        }
    }

    @Nested
    class Activations {

        private static final int PLACES = 16 * 16;

        /**
         * Channels that the blocks of the one-level network keep: a residual block 3 per input and output channel, an
         * attention 3 and 30, the last norm 2. In 0; down 8 to 8; middle 8 to 8, attention of 8, 8 to 8; up twice,
         * joined 0, then 16 to 8; norm 8; out 0.
         */
        private static final List<Long> KEPT =
                List.of(0L, 3 * 16L, 3 * 16L, 33 * 8L, 3 * 16L, 0L, 3 * 24L, 0L, 3 * 24L, 2 * 8L, 0L);

        /** Channels between the blocks. */
        private static final List<Long> OUT = List.of(8L, 8L, 8L, 8L, 8L, 16L, 8L, 16L, 8L, 8L, 4L);

        @Test
        void areCountedBlockByBlock() {
            List<BlockMemory> blocks = SizedPass.of(ONE_LEVEL.denoiser().topology(), KeptActivations.TRAINED, PLACES);

            assertThat(blocks.stream().map(BlockMemory::kept))
                    .containsExactlyElementsOf(
                            KEPT.stream().map(it -> it * PLACES).toList());
            assertThat(blocks.stream().map(BlockMemory::out))
                    .containsExactlyElementsOf(
                            OUT.stream().map(it -> it * PLACES).toList());
            assertThat(blocks.stream().filter(it -> it.skip() > 0)).hasSize(2);
            assertThat(blocks.stream().mapToLong(BlockMemory::joined).sum())
                    .isEqualTo(blocks.stream().mapToLong(BlockMemory::skip).sum());
        }

        @Test
        void meetTheWeightsOfEveryBlock() {
            long counted = SizedPass.of(sd15.denoiser().topology(), KeptActivations.TRAINED, 64 * 64).stream()
                    .mapToLong(BlockMemory::weights)
                    .sum();

            // The rest is the time embedding.
            assertThat((double) counted).isCloseTo(unet, Percentage.withPercentage(0.3));
        }

        @Test
        void areFewerWhereWeightsAreFrozen() {
            assertThat(kept(KeptActivations.PASSED)).isLessThan(kept(KeptActivations.ADAPTED));
            assertThat(kept(KeptActivations.ADAPTED)).isLessThan(kept(KeptActivations.TRAINED));
        }

        private static long kept(KeptActivations kept) {
            return SizedPass.of(sd15.denoiser().topology(), kept, 64 * 64).stream()
                    .mapToLong(BlockMemory::kept)
                    .sum();
        }

        @Test
        void growWithThePictures() {
            double one = estimate(INVERSION, Precision.FP32, PLAIN).backward();
            MemoryOptions pair = new MemoryOptions(2, 1, false, OptimizerKind.ADAMW, false, 16);

            for (MemoryPlan two : List.of(
                    plan(run(INVERSION, 0, Precision.FP32), pair), plan(run(INVERSION, 1, Precision.FP32), PLAIN))) {
                assertThat((double) two.estimate().backward()).isCloseTo(2 * one, Percentage.withPercentage(5));
            }
        }

        @Test
        void growWithTheResolution() {
            Workload large = new Workload(INVERSION, 1024, 0, Precision.FP32, false, List.of(), List.of());
            double small = estimate(INVERSION, Precision.FP32, PLAIN).backward();

            assertThat((double) plan(large, PLAIN).estimate().backward())
                    .isCloseTo(4 * small, Percentage.withPercentage(10));
        }

        @Test
        void areLittleWithCheckpointing() {
            assertThat(estimate(INVERSION, Precision.FP32, PLAIN.withGradientCheckpointing())
                            .backward())
                    .isLessThan(estimate(INVERSION, Precision.FP32, PLAIN).backward() / 2);
        }

        @Test
        void areSmallerInHalf() {
            assertThat(estimate(INVERSION, Precision.BF16, PLAIN).backward())
                    .isLessThan(estimate(INVERSION, Precision.FP32, PLAIN).backward());
        }

        @Test
        void ofTheTextEncoderCountWhereItLearns() {
            MemoryOptions frozen = PLAIN.withOptimizer(OptimizerKind.ADAFACTOR);
            MemoryOptions learning = new MemoryOptions(1, 1, false, OptimizerKind.ADAFACTOR, true, 16);
            long adapters = 4 * sd15.textEncoders().get(0).parameters().attentionAdapter();
            double textEncoder = 77L * 12 * (9 * 768 + 3 * 3072) * 4 + adapters * 4;

            assertThat((double) (estimate(lora(4, LoraTargets.ATTENTION), Precision.FP32, learning)
                                    .backward()
                            - estimate(lora(4, LoraTargets.ATTENTION), Precision.FP32, frozen)
                                    .backward()))
                    .isCloseTo(textEncoder * Coefficients.ALLOCATOR, within(2.0));
        }
    }

    @Nested
    class Gradients {

        @Test
        void areTheMostWhereActivationsAreFew() {
            double backward = estimate(DREAMBOOTH, Precision.FP32, PLAIN.withGradientCheckpointing())
                    .backward();

            assertThat(backward).isBetween(4.0 * unet, 5.0 * unet);
        }

        @Test
        void ofSeveralPassesStandBesideTheirSum() {
            MemoryOptions accumulating = new MemoryOptions(1, 4, false, OptimizerKind.ADAMW, false, 16);
            double more = estimate(DREAMBOOTH, Precision.FP32, accumulating).backward()
                    - estimate(DREAMBOOTH, Precision.FP32, PLAIN).backward();

            assertThat(more).isCloseTo(4.0 * unet * Coefficients.ALLOCATOR, within(2.0));
        }

        @Test
        void ofPicturesOfTwoSizesStandBesideTheirSum() {
            double apart = classImages(true) - classImages(false);

            assertThat(apart).isCloseTo(4.0 * unet * Coefficients.ALLOCATOR, within(2.0));
        }

        private double classImages(boolean apart) {
            Workload run = new Workload(
                    DREAMBOOTH,
                    512,
                    new Workload.Companions(1, apart),
                    Precision.FP32,
                    false,
                    List.of(),
                    List.of(),
                    Set.of());
            return plan(run, PLAIN).estimate().backward();
        }

        @Test
        void comeWhileActivationsGo() {
            List<BlockMemory> blocks =
                    List.of(new BlockMemory(100, 10, 0, 0, 0, 0, 10), new BlockMemory(50, 10, 0, 0, 0, 0, 1000));

            // At the end of the backward pass: 100 kept numbers, all gradients, and the first block's weights once
            // more.
            assertThat(new BackwardMemory(blocks, 1, 4, 4, false).peak()).isEqualTo(4 * 150 + 4 * 1000 + 4 * 1000);
            assertThat(new BackwardMemory(blocks, 1, 4, 0, false).peak()).isEqualTo(4 * 150 + 4 * 1000);
            assertThat(new BackwardMemory(blocks, 2, 4, 4, true).peak())
                    .isEqualTo(2 * 4 * (20 + 50) + 4 * 1000 + 4 * 1000);
        }

        @Test
        void ofSkipConnectionsWaitForTheirOtherEnd() {
            List<BlockMemory> blocks = List.of(
                    new BlockMemory(0, 10, 10, 0, 0, 0, 0),
                    new BlockMemory(100, 10, 0, 0, 0, 0, 0),
                    new BlockMemory(0, 20, 0, 10, 0, 0, 0));

            assertThat(new BackwardMemory(blocks, 1, 1, 0, false).peak()).isEqualTo(100 + 10);
        }
    }

    @Nested
    class Peak {

        @Test
        void isOfTheWorkThatTakesMost() {
            MemoryEstimate training = new MemoryEstimate(1, 20, 10, 100, 5000, 10, 2000, 3000);
            MemoryEstimate previews = new MemoryEstimate(1, 20, 10, 100, 5000, 6000, 2000, 3000);
            MemoryEstimate drawing = new MemoryEstimate(1, 20, 10, 100, 1000, 10, 2000, 1050);
            MemoryEstimate encoding = new MemoryEstimate(1, 20, 10, 100, 1000, 10, 2000, 3000);

            assertThat(training.peak()).isEqualTo(1 + 10 + 100 + 5000);
            assertThat(previews.peak()).isEqualTo(1 + 10 + 100 + 6000);
            assertThat(drawing.peak()).isEqualTo(1 + 20 + 2000);
            assertThat(encoding.peak()).isEqualTo(1 + 10 + 3000);
        }
    }
}
