package dev.likeness.diffusion.check;

import static dev.likeness.diffusion.graph.Blocks.affine;
import static dev.likeness.diffusion.graph.Blocks.conv;
import static dev.likeness.diffusion.graph.Blocks.linear;

import java.util.List;
import java.util.stream.Stream;

/** Kernels of single layers: linear layers, convolutions, norms, and kernels without weights. */
final class LayerOperations extends SizedOperations {

    LayerOperations(Operations size) {
        super(size);
    }

    /** Linear layers, convolutions, norms, and kernels without weights. */
    List<Operation> layers() {
        return Stream.of(linears(), convolutions(), norms(), plain())
                .flatMap(List::stream)
                .toList();
    }

    private List<Operation> linears() {
        Operation.Builder rows = Operation.of("adapted_linear", "rows").input("x", batch, in);
        return List.of(
                adapted(rows.weights(linear(P, in, out, true)), P, in, out).call("x, w[\"p.bias\"], w, \"p\""),
                adapted(tokens("adapted_linear").weights(linear(P, in, out, false)), P, in, out)
                        .call("x, None, w, \"p\""),
                tokens("linear").weights(linear(P, in, out, true)).call("x, w, \"p\""),
                tokens("linear", "without bias")
                        .weights(linear(P, in, out, false))
                        .call("x, w, \"p\""),
                adapted(tokens("linear", "adapter").weights(linear(P, in, out, true)), P, in, out)
                        .call("x, w, \"p\""));
    }

    /** Both strides, both kernel sizes, with and without bias and adapter, and in the other memory format. */
    List<Operation> convolutions() {
        return List.of(
                picture("convolve").weight("weight", out, in, 3, 3).call("x, weight, None, 1, 1"),
                picture("convolve", "channels last")
                        .weight("weight", out, in, 3, 3)
                        .call("torch.contiguous(x, memory_format=2), weight, None, 1, 1"),
                picture("conv2d", "stride 2").weights(conv(P, in, out, 3)).call("x, w, \"p\", 2, 1"),
                adaptedConvolution(3, 1),
                adaptedConvolution(3, 2),
                adaptedConvolution(1, 1),
                picture("conv3").weights(conv(P, in, out, 3)).call("x, w, \"p\", 1"),
                picture("conv3", "stride 2").weights(conv(P, in, out, 3)).call("x, w, \"p\", 2"),
                Operation.of("channels")
                        .input("x", batch, in, LENGTH)
                        .weights(conv(P, in, out, 1))
                        .call("x, w, \"p\""),
                picture("conv1").weights(conv(P, in, out, 1)).call("x, w, \"p\""),
                adapted(picture("conv1", "adapter").weights(conv(P, in, out, 1)), P, in, out, 1, 1)
                        .call("x, w, \"p\""),
                picture("upsample").weights(conv(P, in, out, 3)).call("x, w, \"p\""),
                picture("vae_downsample").weights(conv(P, in, out, 3)).call("x, w, \"p\""));
    }

    private Operation adaptedConvolution(int size, int stride) {
        Operation.Builder layer = picture("conv2d", "adapter, %dx%d, stride %d".formatted(size, size, stride))
                .weights(conv(P, in, out, size));
        return adapted(layer, P, in, out, size, size).call("x, w, \"p\", %d, %d".formatted(stride, size / 2));
    }

    private List<Operation> norms() {
        int features = Operations.features(in);
        return List.of(
                picture("group_norm").weights(affine(P, in)).call("x, w, \"p\", %d, 1e-05".formatted(groups(in))),
                picture("norm_silu").weights(affine(P, in)).call("x, w, \"p\", %d, 1e-05".formatted(groups(in))),
                Operation.of("layer_norm")
                        .input("x", batch, LENGTH, features)
                        .weights(affine(P, features))
                        .call("x, w, \"p\", 1e-05"));
    }

    private List<Operation> plain() {
        return List.of(
                picture("concatenate").input("other", batch, out, height, width).call("x, other, w, \"\""),
                picture("sum").input("other", batch, in, height, width).call("x, other, w, \"\""),
                picture("to_float").call("x, w, \"\""),
                tokens("first_token").call("x, w, \"\""),
                tokens("log_softmax").call("x, w, \"\""),
                tokens("activation", "gelu").call("x, \"gelu\""),
                tokens("activation", "quick_gelu").call("x, \"quick_gelu\""),
                picture("class_and_patches").weight("p.class_embedding", in).call("x, w, \"p\""));
    }
}
