package dev.likeness.diffusion.adapter;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;

/** Files of adapters for two small models. */
abstract class AdapterFileTest {

    static final Path GOLDENS = Path.of("src/test/resources/goldens");

    static final BaseLayers SD1 = base("tiny-sd1");

    static final BaseLayers SDXL = base("tiny-sdxl");

    @TempDir
    Path temp;

    UnusableAdapterException refused(TensorFile file, BaseLayers base) throws IOException {
        return refused(file.write(temp), base);
    }

    static UnusableAdapterException refused(Path file, BaseLayers base) {
        return Objects.requireNonNull(
                catchThrowableOfType(UnusableAdapterException.class, () -> AdapterFile.read(file, base)));
    }

    static BaseLayers base(String family) {
        return ModelFamilies.layers(ModelHeaders.of(GOLDENS.resolve(family + "/model")));
    }
}
