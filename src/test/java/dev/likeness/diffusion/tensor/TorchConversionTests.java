package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compared with files that torch wrote: {@code torch/state_dict.py} and {@code torch/others.py}. */
class TorchConversionTests {

    @TempDir
    Path folder;

    @Test
    void keepsEveryTensor() throws IOException {
        Map<String, SafeTensors.Entry> expected = TorchFile.entries(resource("state_dict.bin"));

        Map<String, SafeTensors.Entry> converted = convert("state_dict.bin");

        assertThat(converted.keySet())
                .containsExactlyElementsOf(expected.keySet())
                .contains("tied", "inner", "bool");
        converted.forEach((name, tensor) -> {
            SafeTensors.Entry original = Objects.requireNonNull(expected.get(name));
            assertThat(tensor.element()).as(name).isEqualTo(original.element());
            assertThat(tensor.shape()).as(name).isEqualTo(original.shape());
            assertThat(tensor.strides()).as(name).isNull();
            assertThat(bytes(tensor)).as(name).isEqualTo(bytes(original));
        });
    }

    @Test
    void findsTheTensorsThatATrainerKeepsBesideOtherThings() throws IOException {
        Map<String, SafeTensors.Entry> converted = convert("trainer.bin");

        assertThat(converted.keySet()).containsExactly("weight", "transposed", "brain");
        ByteBuffer transposed =
                Objects.requireNonNull(converted.get("transposed")).map();
        float[] values = new float[6];
        transposed.asFloatBuffer().get(values);
        assertThat(values).containsExactly(0, 3, 1, 4, 2, 5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command.bin | its pickle names posix.system, which is not supported",
                "module.bin | its pickle names torch.nn.modules.linear.Linear, which is not supported",
                "protocol4.bin | its pickle has protocol 4; only 2",
                "endless.bin | its entry state_dict is not a tensor",
                "copies.bin | its tensors share so much that they would take more than"
            })
    void refusesWhatElseTorchSaves(String file, String reason) {
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> convert(file))
                .withMessageStartingWith(file + ": " + reason);
        assertThat(folder).isEmptyDirectory();
    }

    private Map<String, SafeTensors.Entry> convert(String file) throws IOException {
        Path target = folder.resolve("converted.safetensors");
        TorchConversion.convert(resource(file), target);
        return SafeTensors.open(target).entries();
    }

    private static byte[] bytes(SafeTensors.Entry tensor) {
        if (tensor.length() == 0) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) tensor.length()];
        tensor.map().get(bytes);
        return bytes;
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(TorchConversionTests.class.getResource("/torch/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
