package dev.likeness.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.AdapterDesign;
import dev.likeness.diffusion.adapter.AdapterDesign.Kronecker;
import dev.likeness.diffusion.adapter.DoraNorms;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LayerRanks;
import dev.likeness.diffusion.adapter.LayerTensor;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An adapter that has not learned yet changes no weight, whatever its kind, and can learn. */
class UntrainedAdapterTests {

    static Stream<Arguments> designs() {
        return Stream.of(LayerKind.values())
                .flatMap(kind -> Stream.of(DoraNorms.values())
                        .flatMap(norms -> Stream.of(false, true)
                                .flatMap(tucker ->
                                        Stream.of(1, 8).map(rank -> Arguments.of(kind, norms, tucker, rank)))));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void changesNothing(LayerKind kind, DoraNorms norms, boolean tucker, int rank) throws Exception {
        AdapterDesign design =
                new AdapterDesign(kind, LayerRanks.of(rank, 3), norms, rank > 1, tucker, new Kronecker(4, rank == 1));
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                for (long[] shape : List.of(new long[] {12, 8}, new long[] {12, 8, 3, 3}, new long[] {12, 8, 1, 1})) {
                    NDArray weight =
                            manager.create(normal(3, Math.toIntExact(new Shape(shape).size())), new Shape(shape));
                    LoraAdapter made = new UntrainedAdapter(manager, design, "unet.", UntrainedAdapterTests::normal)
                            .of(Map.of("layer", shape), (layer, wanted) -> norms(weight, wanted));

                    WeightChange change = change(made);
                    float[] changed = change.apply(manager, weight).toFloatArray();

                    assertThat(changed).hasSameSizeAs(weight.toFloatArray());
                    for (int i = 0; i < changed.length; i++) {
                        float own = weight.toFloatArray()[i];
                        // The norms are rounded.
                        assertThat(changed[i])
                                .isCloseTo(own, within(norms == DoraNorms.NONE ? 0 : 1e-6f * Math.abs(own)));
                    }
                    assertThat(change.tensors().entrySet())
                            .filteredOn(it -> it.getKey() != LayerTensor.DORA_SCALE)
                            .filteredOn(it -> it.getValue().sum().getFloat() == 0)
                            .hasSize(1);
                }
            }
        });
    }

    private static WeightChange change(LoraAdapter made) {
        if (!made.layers().isEmpty()) {
            LoraAdapter.Layer layer = Objects.requireNonNull(made.layers().get("unet.layer"));
            return new WeightChange(
                    Map.of(LayerTensor.LORA_DOWN, layer.down(), LayerTensor.LORA_UP, layer.up()), layer.scale(), 1);
        }
        return Objects.requireNonNull(made.changes().get("unet.layer")).get(0);
    }

    private static NDArray norms(NDArray weight, Shape wanted) {
        boolean ofOutputs = wanted.get(0) == weight.getShape().get(0);
        NDArray first = ofOutputs ? weight : weight.swapAxes(0, 1);
        return first.reshape(first.getShape().get(0), -1)
                .square()
                .sum(new int[] {1})
                .sqrt()
                .reshape(wanted);
    }

    private static float[] normal(int seed, int length) {
        Random random = new Random(seed);
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
