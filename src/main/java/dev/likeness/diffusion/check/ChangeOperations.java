package dev.likeness.diffusion.check;

import dev.likeness.diffusion.graph.Adapters;
import java.util.List;

/** Kernels that change the weight of a layer by an adapter. */
final class ChangeOperations extends SizedOperations {

    private static final String CHANGE = "p.change.0";
    private static final int KERNEL = 3;

    ChangeOperations(Operations size) {
        super(size);
    }

    /** Every kind of product, with and without a core, with norms, and with a share. */
    List<Operation> changes() {
        return List.of(
                core(Operation.of("tucker"), "core")
                        .weight("a", RANK, out)
                        .weight("b", RANK, in)
                        .call("core, a, b"),
                products(Operation.of("factor_product"), "hada_w1").call(factor()),
                core(Operation.of("factor_product", "core"), name("hada_t1"))
                        .weight(name("hada_w1_a"), RANK, out)
                        .weight(name("hada_w1_b"), RANK, in)
                        .call(factor()),
                lowRank(Operation.of("low_rank")).call("w, \"p.change.0\""),
                core(lowRank(Operation.of("low_rank", "core")), name("lora_mid"))
                        .call("w, \"p.change.0\""),
                kronecker(Operation.of("kronecker")).call("%d, w, \"p.change.0\"".formatted(in)),
                products(products(Operation.of("kronecker", "products"), "lokr_w1", out, 1), "lokr_w2", 1, in)
                        .call("%d, w, \"p.change.0\"".formatted(in)),
                lowRank(Operation.of("difference")).call(difference()),
                products(products(Operation.of("difference", "Hadamard"), "hada_w1"), "hada_w2")
                        .call(difference()),
                kronecker(Operation.of("difference", "Kronecker")).call(difference()),
                own(Operation.of("norms", "outputs"))
                        .constant("like", out, 1, 1, 1)
                        .call("own, like"),
                own(Operation.of("norms", "inputs"))
                        .constant("like", 1, in, 1, 1)
                        .call("own, like"),
                own(Operation.of("renormed", "outputs"))
                        .weight("norms", out, 1, 1, 1)
                        .call("own, norms"),
                own(Operation.of("renormed", "inputs"))
                        .weight("norms", 1, in, 1, 1)
                        .call("own, norms"),
                changed("").call("own, w, \"p.change.0\""),
                changed("norms").weight(name("dora_scale"), out, 1).call("own, w, \"p.change.0\""),
                changed("share")
                        .given(Adapters.changeShare("p", 0), new double[] {0.75})
                        .call("own, w, \"p.change.0\""),
                scaled(lowRank(Operation.of("weight").weight("p.weight", out, in)))
                        .call("w, \"p\""),
                scaled(lowRank(tokens("linear", "changed").weight("p.weight", out, in)))
                        .call("x, w, \"p\""));
    }

    private static String factor() {
        return "w, \"%s\", \"%s\"".formatted(name("hada_w1"), name("hada_t1"));
    }

    private String difference() {
        return "%d, w, \"p.change.0\"".formatted(in);
    }

    private static String name(String tensor) {
        return CHANGE + "." + tensor;
    }

    private Operation.Builder own(Operation.Builder operation) {
        return operation.weight("own", out, in, KERNEL, KERNEL);
    }

    private static Operation.Builder core(Operation.Builder operation, String name) {
        return operation.weight(name, RANK, RANK, KERNEL, KERNEL);
    }

    private Operation.Builder lowRank(Operation.Builder operation) {
        return operation.weight(name("lora_up"), out, RANK).weight(name("lora_down"), RANK, in);
    }

    private Operation.Builder changed(String variant) {
        return scaled(lowRank(Operation.of("changed", variant).weight("own", out, in)));
    }

    private static Operation.Builder scaled(Operation.Builder operation) {
        return operation.given(Adapters.changeScale("p", 0), new double[] {0.5});
    }

    private Operation.Builder products(Operation.Builder operation, String factor) {
        return products(operation, factor, out, in);
    }

    private static Operation.Builder products(Operation.Builder operation, String factor, int outputs, int inputs) {
        return operation.weight(name(factor + "_a"), outputs, RANK).weight(name(factor + "_b"), RANK, inputs);
    }

    private Operation.Builder kronecker(Operation.Builder operation) {
        return operation.weight(name("lokr_w1"), out, 1).weight(name("lokr_w2"), 1, in, KERNEL, KERNEL);
    }
}
