package dev.likeness.app.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.HubException;
import dev.likeness.app.hub.Repository;
import dev.likeness.app.hub.TestHub;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.worker.caption.CaptionerException;
import dev.likeness.diffusion.adapter.KeyProblem;
import dev.likeness.diffusion.adapter.UnusableAdapterException;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.training.Diagnosis;
import dev.likeness.diffusion.training.LossPart;
import dev.likeness.diffusion.training.NanLoss;
import dev.likeness.diffusion.training.NanLossException;
import dev.likeness.diffusion.training.NotFinite;
import dev.likeness.diffusion.training.Recomputed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTests {

    private static final NotFinite CONV_OUT = new NotFinite(NotFinite.Kind.INPUT_GRADIENT, "unet", "conv_out");

    @ParameterizedTest
    @MethodSource
    void mapsExceptionsToErrorCodes(Throwable cause, ErrorCode code) {
        assertThat(Failures.of(cause, "likeness/tiny-world").code()).isEqualTo(code);
    }

    static Stream<Arguments> mapsExceptionsToErrorCodes() {
        StorageException full = new StorageException(Reason.NOT_WRITTEN, "/secret/path", new IOException("disk full"));
        return Stream.of(
                Arguments.of(full, ErrorCode.STORAGE),
                Arguments.of(new UncheckedIOException(new IOException(full)), ErrorCode.STORAGE),
                Arguments.of(new NanLossException(7), ErrorCode.NAN_LOSS),
                Arguments.of(new InvalidModelException("/secret/path"), ErrorCode.INVALID_MODEL),
                Arguments.of(
                        new CaptionerException(new InvalidModelException("/secret/path")), ErrorCode.INVALID_MODEL),
                Arguments.of(unavailable(), ErrorCode.MODEL_UNAVAILABLE),
                Arguments.of(new OutOfMemoryError("Java heap space"), ErrorCode.OUT_OF_MEMORY),
                Arguments.of(new IllegalStateException("CUDA out of memory. Tried"), ErrorCode.OUT_OF_MEMORY),
                Arguments.of(
                        new IllegalStateException("DefaultCPUAllocator: can't allocate memory: you tried"),
                        ErrorCode.OUT_OF_MEMORY),
                Arguments.of(
                        new IllegalStateException("RuntimeError: could not create a primitive\n"),
                        ErrorCode.OUT_OF_MEMORY),
                Arguments.of(
                        new IllegalStateException(
                                "could not create a primitive descriptor for the convolution forward propagation"
                                        + " primitive"),
                        ErrorCode.INTERNAL),
                Arguments.of(new IllegalStateException("/secret/path"), ErrorCode.INTERNAL));
    }

    private static HubException unavailable() {
        try (Hub hub = TestHub.offline(Path.of("/secret/path"))) {
            return catchThrowableOfType(
                    HubException.class, () -> hub.whole(Repository.model("acme/tiny", null, null), DownloadWatch.NONE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void explainsAnUnavailableModel() {
        assertThat(Failures.of(new IllegalStateException(unavailable()), "m").message())
                .isEqualTo(unavailable().getMessage());
    }

    @ParameterizedTest
    @MethodSource("mapsExceptionsToErrorCodes")
    void hidesTheMessageOfTheException(Throwable cause, ErrorCode unused) {
        Failure failure = Failures.of(cause, "likeness/tiny-world");

        assertThat(failure.message()).isNotBlank().doesNotContain("secret", "Exception", "CUDA", "Allocator");
    }

    @Test
    void tellsAnAdapterFromTheModel() {
        UnusableAdapterException adapter =
                new UnusableAdapterException(List.of(new KeyProblem("key", KeyProblem.Kind.UNKNOWN_LAYER, "is new")));

        assertThat(Failures.of(adapter, "m").message()).startsWith("an adapter does not fit the base model m");
    }

    @Test
    void namesTheStepAtWhichTheLossWasLost() {
        assertThat(Failures.of(new NanLossException(7), "m").message())
                .startsWith("the loss was no longer a number at step 7; ");
    }

    @Test
    void blamesTheLearningRateOnlyIfGradientsGrew() {
        assertThat(lost(Double.NaN, CONV_OUT, List.of(1., 2., 40., 900.), null))
                .isEqualTo("the loss was no longer a number at step 9; of its terms, not finite: the subject's"
                        + " pictures, the faces; first not finite: the gradient of the input of unet.conv_out;"
                        + " gradient norms of the previous steps: 1.00, 2.00, 40.0, 900; the norms grew, so a"
                        + " lower learning rate may help");
        assertThat(lost(Double.NaN, CONV_OUT, List.of(1., 1.1, 0.9, 1.2), null))
                .doesNotContain("lower learning rate")
                .contains("the cause is probably the model or the worker");
    }

    @Test
    void blamesNothingAfterTooFewSteps() {
        for (List<Double> few : List.of(List.<Double>of(), List.of(1.), List.of(1., 900.))) {
            assertThat(lost(Double.NaN, CONV_OUT, few, null))
                    .endsWith("; training ran too few steps to tell whether the learning rate, the model or the"
                            + " worker is the cause; the worker's log has the details")
                    .doesNotContain("did not grow", "lower learning rate");
        }
        assertThat(Failures.of(new NanLossException(7), "m").message()).contains("too few steps");
    }

    @Test
    void blamesThePictureOrTheAutoencoderWhateverTheGradientsDid() {
        NotFinite latents = new NotFinite(NotFinite.Kind.INPUT, "", "noisy latents");

        for (List<Double> norms : List.of(List.<Double>of(), List.of(1., 1., 1.), List.of(1., 2., 40., 900.))) {
            assertThat(lost(Double.NaN, latents, norms, 1.))
                    .contains("first not finite: noisy latents;")
                    .endsWith("; the latents of a picture are NaN or infinite before training starts: check the "
                            + "picture, or the base model's autoencoder, which encodes it");
        }
    }

    @Test
    void tellsALostGradientFromALostLoss() {
        assertThat(lost(0.1, CONV_OUT, List.of(), null))
                .startsWith("the gradient of the loss was no longer a number at step 9; ");
    }

    @Test
    void blamesFp16WhereItIsUsed() {
        assertThat(lost(Double.NaN, CONV_OUT, List.of(1., 1., 1.), 1.))
                .endsWith("a number was too large for fp16: precision bf16 or fp32 may help");
    }

    @Test
    void blamesTheWeightsThatAJobStartsFrom() {
        NotFinite weight = new NotFinite(NotFinite.Kind.WEIGHT, "text_encoder", "text_projection.weight");

        assertThat(lost(Double.NaN, weight, List.of(), null))
                .contains("first not finite: text_encoder.text_projection.weight;")
                .endsWith("the job's initial weights are damaged: start from other weights");
    }

    @ParameterizedTest
    @MethodSource("pasts")
    void blamesTheWorkerWhereAStepIsFiniteTheSecondTime(List<Double> norms, @Nullable Double lossScale) {
        assertThat(again(Double.NaN, new Recomputed(0.1, true, 2), norms, lossScale))
                .startsWith("the loss was no longer a number at step 9; the same step computed again was finite; ")
                .endsWith("; the worker computes the same step differently each time: report this fault to the worker's"
                        + " operator");
    }

    @ParameterizedTest
    @MethodSource("pasts")
    void doesNotBlameTheWorkerForANormThatOverflows(List<Double> norms, @Nullable Double lossScale) {
        assertThat(again(0.1, new Recomputed(0.1, true, Double.POSITIVE_INFINITY), norms, lossScale))
                .startsWith("the gradient of the loss was no longer a number at step 9; all values of the gradient are"
                        + " finite, but its 2-norm overflows fp32; ")
                .contains(norms.isEmpty() ? "start from other weights" : "learning rate")
                .doesNotContain("the worker", "fp16", "computed again was finite");
    }

    @ParameterizedTest
    @MethodSource("pasts")
    void claimsNothingOfAStepThatCouldNotBeComputedAgain(List<Double> norms, @Nullable Double lossScale) {
        for (@Nullable
        Recomputed again : Arrays.asList(
                null, new Recomputed(Double.NaN, true, 2), new Recomputed(0.1, false, Double.POSITIVE_INFINITY))) {
            assertThat(again(Double.NaN, again, norms, lossScale))
                    .doesNotContain("differently", "computed again was finite", "overflows fp32");
        }
    }

    static Stream<Arguments> pasts() {
        return Stream.of(List.<Double>of(), List.of(1.), List.of(1., 1., 1.), List.of(1., 2., 40., 900.))
                .flatMap(norms -> Stream.of(Arguments.of(norms, null), Arguments.of(norms, 1.)));
    }

    private static String again(
            double loss, @Nullable Recomputed again, List<Double> norms, @Nullable Double lossScale) {
        NanLoss known = new NanLoss(9, loss, new Diagnosis(Set.of(), null), again, norms, lossScale);
        return Failures.of(new NanLossException(known), "m").message();
    }

    private static String lost(double loss, NotFinite first, List<Double> norms, @Nullable Double lossScale) {
        Diagnosis diagnosis = new Diagnosis(Set.of(LossPart.FACE, LossPart.INSTANCE), first);
        return Failures.of(new NanLossException(new NanLoss(9, loss, diagnosis, null, norms, lossScale)), "m")
                .message();
    }
}
