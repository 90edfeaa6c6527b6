package dev.likeness.diffusion.graph;

import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.wire.Wire;

/** The type in which linear layers and convolutions compute. Weights stay fp32; the kernels contain the casts. */
public enum Precision implements Wire {
    FP32(Element.F32),
    BF16(Element.BF16),
    /** Needs loss scaling, because gradients below 6e-8 vanish. */
    FP16(Element.F16);

    private final Element compute;

    Precision(Element compute) {
        this.compute = compute;
    }

    /** Casts nothing: values in fp64 stay fp64. */
    private static final String UNCAST = """
            def cast(x: Tensor) -> Tensor:
              return x
            def cast_optional(x: Optional[Tensor]) -> Optional[Tensor]:
              return x
            def norm_input(x: Tensor) -> Tensor:
              return x
            def attention_input(x: Tensor, width: int) -> Tensor:
              return x
            """;

    /**
     * The functions for kernels that differ between precisions: {@code cast} for inputs of linear layers and
     * convolutions, {@code norm_input} for inputs of norms, {@code attention_input} for queries, keys and values, and
     * {@code widen} for values that must be exact. On the CPU a norm takes bf16 with fp32 weights, as under
     * torch.autocast; on CUDA it computes in fp32. Attention with heads of less than 32 features computes in fp32 on the
     * CPU, because the backward pass of libtorch 2.7.1's flash attention takes six times as long in bf16 there (heads of
     * 16). With heads of 40 to 160 features it takes equally long, and bf16 needs less memory.
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
                def attention_input(x: Tensor, width: int) -> Tensor:
                  if torch.__or__(ops.prim.is_cuda(x), torch.ge(width, 32)):
                    y = x
                  else:
                    y = torch.to(x, %2$d, False, False)
                  return y
                """.formatted(compute.scalarType(), Element.F32.scalarType());
    }

    /** The same functions for kernels that compute everything in fp64. */
    static String fp64Functions() {
        return UNCAST + "def widen(x: Tensor) -> Tensor:\n  return x\n";
    }
}
