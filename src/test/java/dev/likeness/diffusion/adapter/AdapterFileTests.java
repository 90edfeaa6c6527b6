package dev.likeness.diffusion.adapter;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files that are no adapters. */
class AdapterFileTests extends AdapterFileTest {

    @Test
    void refusesWhatIsNoSafetensorsFile() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "no tensors at all");

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> AdapterFile.read(file, SD1))
                .withMessageContaining("not a safetensors file");
    }
}
