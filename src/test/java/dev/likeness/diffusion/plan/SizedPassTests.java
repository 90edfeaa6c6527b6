package dev.likeness.diffusion.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizedPassTests {

    private static final long PLACES = 64;

    @Test
    void followsPlacesDownAndUp() {
        List<BlockMemory> blocks = pass(new Network() {
            @Override
            <T> T run(Ops<T> ops, T sample) {
                T small = ops.apply(Blocks.conv3("down", 4, 8, 2), sample);
                return ops.apply(Blocks.upsample("up", 8), small);
            }
        });

        assertThat(blocks).extracting(BlockMemory::out).containsExactly(8 * PLACES / 4, 8 * PLACES);
        // The convolution after an upsampling keeps the larger value.
        assertThat(blocks).extracting(BlockMemory::kept).containsExactly(0L, 8 * PLACES);
    }

    @Test
    void aResultWithALaterUserWaitsForTheLastOfThem() {
        List<BlockMemory> blocks = pass(new Network() {
            @Override
            <T> T run(Ops<T> ops, T sample) {
                T first = ops.apply(Blocks.conv3("first", 4, 8, 1), sample);
                T second = ops.apply(Blocks.conv3("second", 8, 8, 1), first);
                T joined = ops.apply(Blocks.concatenate(), second, first);
                return ops.apply(Blocks.concatenate(), joined, first);
            }
        });

        assertThat(blocks).extracting(BlockMemory::skip).containsExactly(8 * PLACES, 0L, 0L, 0L);
        assertThat(blocks).extracting(BlockMemory::joined).containsExactly(0L, 0L, 0L, 8 * PLACES);
        assertThat(blocks.get(3).out()).isEqualTo((8 + 8 + 8) * PLACES);
    }

    @Test
    void findsTheLargestValue() {
        long widest = SizedPass.widest(
                new Network() {
                    @Override
                    <T> T run(Ops<T> ops, T sample) {
                        T wide = ops.apply(Blocks.upsample("up", 4), sample);
                        return ops.apply(Blocks.conv3("out", 4, 3, 1), wide);
                    }
                },
                PLACES);

        assertThat(widest).isEqualTo(4 * 4 * PLACES);
    }

    @Test
    void refusesAKernelWithoutFigures() {
        Network network = new Network() {
            @Override
            <T> T run(Ops<T> ops, T sample) {
                return ops.apply(new Block("unheard_of", "", List.of(), List.of()), sample);
            }
        };

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SizedPass.of(network, KeptActivations.TRAINED, PLACES))
                .withMessageContaining("unheard_of");
    }

    private static List<BlockMemory> pass(Network network) {
        return SizedPass.of(network, KeptActivations.TRAINED, PLACES);
    }

    private abstract static class Network implements Topology {

        abstract <T> T run(Ops<T> ops, T sample);

        @Override
        public String name() {
            return "test";
        }

        @Override
        public List<String> inputs() {
            return List.of("sample");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            return List.of(run(ops, inputs.get(0)));
        }
    }
}
