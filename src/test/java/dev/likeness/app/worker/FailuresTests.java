package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.HubException;
import dev.likeness.app.hub.Repository;
import dev.likeness.app.hub.TestHub;
import dev.likeness.app.job.ErrorCode;
import dev.likeness.app.job.Failure;
import dev.likeness.diffusion.adapter.KeyProblem;
import dev.likeness.diffusion.adapter.UnusableAdapterException;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.training.NanLossException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTests {

    @ParameterizedTest
    @MethodSource
    void knowsWhatAClientCanBeTold(Throwable cause, ErrorCode code) {
        assertThat(Failures.of(cause, "likeness/tiny-world").code()).isEqualTo(code);
    }

    static Stream<Arguments> knowsWhatAClientCanBeTold() {
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
    void saysWhyAModelIsNotToBeHad() {
        assertThat(Failures.of(new IllegalStateException(unavailable()), "m").message())
                .isEqualTo("acme/tiny is not on the server, and likeness.hub.offline forbids to download it");
    }

    @ParameterizedTest
    @MethodSource("knowsWhatAClientCanBeTold")
    void keepsTheExceptionsOwnWordsToItself(Throwable cause, ErrorCode unused) {
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
        assertThat(Failures.of(new NanLossException(7), "m").message()).contains("step 7");
    }
}
