package dev.likeness.diffusion.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptEmitterTests {

    /** Two convolutions with the same kernel and one sum, with a second output. */
    private record Small(String name) implements Topology {

        @Override
        public List<String> inputs() {
            return List.of("x", "skip");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            T h = ops.apply(Blocks.conv3("in.0", 4, 8, 2), inputs.get(0));
            T sum = ops.apply(Blocks.sum(), h, inputs.get(1));
            return List.of(ops.apply(new Block("scaled", "", List.of(0.5, true, "gelu"), List.of()), sum), h);
        }
    }

    @Test
    void emitsAMethodForEachBlockAndOneForTheWhole() {
        ScriptEmitter emitter = new ScriptEmitter();

        emitter.add(new Small("small"));

        assertThat(emitter.methods()).isEqualTo("""
                  def b_conv3_in_0_2(self: __torch__.M, x0: Tensor) -> Tensor:
                    w = self.w
                    return __torch__.conv3(x0, w, "in.0", 2)
                  def b_sum__(self: __torch__.M, x0: Tensor, x1: Tensor) -> Tensor:
                    w = self.w
                    return __torch__.sum(x0, x1, w, "")
                  def b_scaled__0_5_true_gelu(self: __torch__.M, x0: Tensor) -> Tensor:
                    w = self.w
                    return __torch__.scaled(x0, w, "", 0.5, True, "gelu")
                  def small(self: __torch__.M, x: Tensor, skip: Tensor) -> List[Tensor]:
                    w = self.w
                    v0 = __torch__.conv3(x, w, "in.0", 2)
                    v1 = __torch__.sum(v0, skip, w, "")
                    v2 = __torch__.scaled(v1, w, "", 0.5, True, "gelu")
                    return [v2, v0]
                """);
    }

    @Test
    void emitsABlockThatTwoTopologiesShareOnce() {
        ScriptEmitter emitter = new ScriptEmitter();

        emitter.add(new Small("first"));
        emitter.add(new Small("second"));

        assertThat(emitter.methods())
                .containsOnlyOnce("def b_conv3_in_0_2(")
                .containsOnlyOnce("def first(")
                .containsOnlyOnce("def second(");
    }
}
