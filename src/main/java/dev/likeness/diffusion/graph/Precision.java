package dev.likeness.diffusion.graph;

import dev.likeness.diffusion.tensor.Element;

/** In which type linear layers and convolutions compute. Weights stay fp32; casts stand in the kernels. */
public enum Precision {
    FP32(Element.F32),
    BF16(Element.BF16),
    /** Needs the loss to be scaled: gradients below 6e-8 vanish. */
    FP16(Element.F16);

    private final Element compute;

    Precision(Element compute) {
        this.compute = compute;
    }

    /** Nothing is cast: what is given in fp64 stays so. */
    private static final String UNCAST = """
            def cast(x: Tensor) -> Tensor:
              return x
            def cast_optional(x: Optional[Tensor]) -> Optional[Tensor]:
              return x
            def norm_input(x: Tensor) -> Tensor:
              return x
            """;

    /**
     * The cast functions that the kernels call: {@code cast} for what enters a linear layer or convolution, {@code
     * norm_input} for what enters a norm, {@code widen} for what has to be exact. On the CPU a norm takes bf16 with fp32
     * weights, as under torch.autocast; on CUDA it computes in fp32.
     */
    String functions() {
        String widen = "def widen(x: Tensor) -> Tensor:\n  return torch.to(x, %d, False, False)\n"
                .formatted(Element.F32.scalarType());
        if (this == FP32) {
            return UNCAST + widen;
        }
        return widen + """
                def cast(x: Tensor) -> Tensor:
                  return torch.to(x, %1$d, False, False)
                def cast_optional(x: Optional[Tensor]) -> Optional[Tensor]:
                  if torch.__isnot__(x, None):
                    y = annotate(Optional[Tensor], torch.to(unchecked_cast(Tensor, x), %1$d, False, False))
                  else:
                    y = x
                  return y
                def norm_input(x: Tensor) -> Tensor:
                  if ops.prim.is_cuda(x):
                    y = torch.to(x, %2$d, False, False)
                  else:
                    y = x
                  return y
                """.formatted(compute.scalarType(), Element.F32.scalarType());
    }

    /** The same functions for kernels that are given fp64, and compute everything in it. */
    static String fp64Functions() {
        return UNCAST + "def widen(x: Tensor) -> Tensor:\n  return x\n";
    }
}
