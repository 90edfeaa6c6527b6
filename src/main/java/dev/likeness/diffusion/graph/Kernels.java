package dev.likeness.diffusion.graph;

import dev.likeness.diffusion.tensor.Resources;

/** The source of the kernels, with the functions that differ between modules. */
public final class Kernels {

    /**
     * The method {@code gradients} of a module: gradients of outputs, weighted by upstream gradients, with respect to
     * inputs; zeros if an output does not depend on an input. They are contiguous, because {@code _fused_adamw_} of
     * libtorch (2.7.1 to 2.13.0) reads a gradient on the CPU in the order of memory, whatever its strides are.
     */
    public static final String GRADIENTS = """
              def gradients(self: __torch__.M, outputs: List[Tensor], upstream: List[Tensor], inputs: List[Tensor]) -> List[Tensor]:
                up = annotate(List[Optional[Tensor]], [])
                for i in range(torch.len(upstream)):
                  _0 = torch.append(up, upstream[i])
                found = torch.grad(outputs, inputs, up, None, False, True)
                result = annotate(List[Tensor], [])
                for i in range(torch.len(found)):
                  g = found[i]
                  if torch.__isnot__(g, None):
                    _1 = torch.append(result, torch.contiguous(unchecked_cast(Tensor, g)))
                  else:
                    _2 = torch.append(result, torch.zeros_like(inputs[i]))
                return result
            """;

    private Kernels() {}

    /** All kernels. A kernel's first argument is an input. Its weights are in a map, under names with a prefix. */
    public static String text() {
        return Resources.text(Kernels.class, "kernels.py");
    }

    /**
     * Kernels in one precision, with adapters, with one change of a weight at most, and without dropout.
     *
     * @param text of the kernels
     */
    public static String in(Precision precision, String text) {
        return functions(precision.functions(), true, 1, 0, text);
    }

    /** Kernels in fp64, which inputs and weights must have too. */
    public static String inFp64(String text) {
        return functions(Precision.fp64Functions(), true, 1, 0, text);
    }

    /**
     * @param casts functions from a {@link Precision}
     * @param adapted whether every layer looks for an adapter
     * @param changes of its weight that every layer looks for
     * @param dropout share of an adapter's inputs that is set to zero
     */
    static String functions(String casts, boolean adapted, int changes, double dropout, String text) {
        return casts + adapted(adapted) + changes(changes) + dropout(dropout) + text;
    }

    private static String adapted(boolean looks) {
        String body = looks ? "torch.__contains__(w, p + \".lora.down.weight\")" : "False";
        return "def adapted(w: Dict[str, Tensor], p: str) -> bool:\n  return %s\n".formatted(body);
    }

    private static String changes(int most) {
        return "def changes() -> int:\n  return %d\n".formatted(most);
    }

    private static String dropout(double share) {
        String body = share == 0 ? "x" : "torch.dropout(x, %s, True)".formatted(share);
        return "def dropout(x: Tensor) -> Tensor:\n  return %s\n".formatted(body);
    }
}
