package dev.likeness.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraFormatTests {

    private static final int RANK = 2;
    private static final double ALPHA = 3;

    @TempDir
    private Path temp;

    /** Every layer of a model that can have an adapter, with different numbers for each. */
    @ParameterizedTest
    @CsvSource({
        "tiny-sd1, DIFFUSERS",
        "tiny-sd1, KOHYA",
        "tiny-sd2, DIFFUSERS",
        "tiny-sd2, KOHYA",
        "tiny-sdxl, DIFFUSERS",
        "tiny-sdxl, KOHYA"
    })
    void aWrittenAdapterIsReadAgain(String family, LoraFormat format) throws Exception {
        ModelHeaders headers = ModelHeaders.of(Path.of("src/test/resources/goldens/%s/model".formatted(family)));
        BaseLayers base = ModelFamilies.layers(headers);
        Path file = temp.resolve("adapter.safetensors");
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                LoraAdapter written = adapter(manager, headers, base);
                try (OutputStream out = Files.newOutputStream(file)) {
                    format.write(out, written, base, Map.of());
                }

                LoraAdapter read = LoraAdapter.read(manager, LoraFile.read(SafeTensors.open(file), base));

                assertThat(read.layers()).containsOnlyKeys(written.layers().keySet());
                written.layers()
                        .forEach((name, layer) -> assertSame(
                                name, Objects.requireNonNull(read.layers().get(name)), layer));
            }
        });
    }

    private static void assertSame(String name, LoraAdapter.Layer read, LoraAdapter.Layer written) {
        assertThat(read.rank()).as(name).isEqualTo(RANK);
        assertThat(read.down().toFloatArray()).as(name).isEqualTo(written.down().toFloatArray());
        assertThat(read.up().mul(read.scale()).toFloatArray())
                .as(name)
                .containsExactly(written.up().mul(ALPHA / RANK).toFloatArray(), within(1e-6f));
    }

    private static LoraAdapter adapter(NDManager manager, ModelHeaders headers, BaseLayers base) {
        Map<String, LoraAdapter.Layer> layers = new LinkedHashMap<>();
        layers.putAll(part(manager, headers, "unet", layers.size()));
        base.textEncoders().forEach(encoder -> layers.putAll(part(manager, headers, encoder.name(), layers.size())));
        return new LoraAdapter(layers);
    }

    private static Map<String, LoraAdapter.Layer> part(
            NDManager manager, ModelHeaders headers, String part, int before) {
        Map<String, long[]> shapes = LoraTargets.ALL.layers(headers.shapes(part), Set.of());
        Map<String, LoraAdapter.Layer> layers = new LinkedHashMap<>();
        LoraAdapter.init(manager, part + ".", shapes, RANK, ALPHA, (layer, length) -> filled(length, before + layer))
                .layers()
                .forEach((name, layer) -> layers.put(
                        name, new LoraAdapter.Layer(layer.down(), layer.up().add(1 + layers.size()), ALPHA)));
        return layers;
    }

    private static float[] filled(int length, int value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
