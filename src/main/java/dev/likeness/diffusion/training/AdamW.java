package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101), with all parameters in one fused call. */
public final class AdamW implements Optimizer {

    /** Every tensor that crosses from Java to libtorch takes microseconds, so only gradients do it in each step. */
    private static final String KEEPING = """
              def keep(self: __torch__.M, p: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor]) -> List[Tensor]:
                _0 = torch._set_item(self.kept, "p", p)
                _1 = torch._set_item(self.kept, "m", m)
                _2 = torch._set_item(self.kept, "v", v)
                _3 = torch._set_item(self.kept, "s", s)
                return [p[0]]
              def step(self: __torch__.M, g: List[Tensor], lr: List[Tensor]) -> List[Tensor]:
                kept = self.kept
                return (self).adamw(kept["p"], g, kept["m"], kept["v"], kept["s"], lr, )
            """;

    private final ScriptModule module;
    private final List<String> names;
    private final List<NDArray> means = new ArrayList<>();
    private final List<NDArray> squares = new ArrayList<>();
    private final List<NDArray> steps = new ArrayList<>();

    /** The constants of the update rule. */
    public interface Settings {

        /** Decay of the mean of the gradients, 0 to 1. */
        double beta1();

        /** Decay of the mean of their squares, 0 to 1. */
        double beta2();

        /** Decoupled from the gradient. */
        double weightDecay();

        /** Added to the denominator. */
        double epsilon();
    }

    /** Constants that are given by themselves. */
    public record Constants(double beta1, double beta2, double weightDecay, double epsilon) implements Settings {}

    /**
     * Creates an optimizer whose state is zero.
     *
     * @param parent owns the state
     * @param parameters fp32, changed in place by every step
     */
    public AdamW(NDManager parent, Map<String, NDArray> parameters, Settings settings) {
        module = new ScriptModule(parent, "", script(settings) + KEEPING);
        names = List.copyOf(parameters.keySet());
        List<NDArray> values = List.copyOf(parameters.values());
        for (NDArray parameter : values) {
            means.add(module.manager().zeros(parameter.getShape(), DataType.FLOAT32));
            squares.add(module.manager().zeros(parameter.getShape(), DataType.FLOAT32));
            steps.add(module.manager().zeros(new Shape(), DataType.FLOAT32));
        }
        if (!names.isEmpty()) {
            try (NDManager scope = parent.newSubManager()) {
                module.callLists(scope, "keep", values, means, squares, steps);
            }
        }
    }

    static String script(Settings s) {
        return """
                  def adamw(self: __torch__.M, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor], lr: List[Tensor]) -> List[Tensor]:
                    torch._foreach_add_(s, 1)
                    unused = annotate(List[Tensor], [])
                    torch._fused_adamw_(p, g, m, v, unused, s, lr=lr[0], beta1=%s, beta2=%s, weight_decay=%s, eps=%s, amsgrad=False, maximize=False)
                    return lr
                """.formatted(s.beta1(), s.beta2(), s.weightDecay(), s.epsilon());
    }

    @Override
    public void step(NDManager scope, Map<String, NDArray> gradients, double learningRate) {
        if (names.isEmpty()) {
            // DJL cannot pass an empty list.
            return;
        }
        List<NDArray> ordered = Gradients.inOrder(names, gradients);
        List<NDArray> rate = List.of(scope.create((float) learningRate));
        module.callLists(scope, "step", ordered, rate);
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            state.put("adamw.mean." + names.get(i), means.get(i));
            state.put("adamw.square." + names.get(i), squares.get(i));
            state.put("adamw.step." + names.get(i), steps.get(i));
        }
        return state;
    }

    @Override
    public void close() {
        module.close();
    }
}
