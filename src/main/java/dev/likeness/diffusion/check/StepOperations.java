package dev.likeness.diffusion.check;

import java.util.List;

/**
 * The computations of a training step outside the networks, with parameters of one size: AdamW's second step, and three
 * steps of the other optimizers.
 *
 * @param rows of a parameter
 * @param columns of a parameter
 */
record StepOperations(int rows, int columns) {

    private static final int BLOCK = 16;

    List<Operation> all() {
        return List.of(
                rowsOf("select_rows"),
                sumRows(),
                weightedMse(),
                weightedHuber(),
                isFinite(),
                accumulate(),
                multiply(),
                clip("above the limit", 0.5),
                clip("below the limit", 1000),
                adamW(),
                adamW8bit(),
                factored(),
                whole(),
                lion(),
                prodigyAverages(),
                prodigy(),
                scheduleFree(),
                evaluate(),
                ema(),
                exchange());
    }

    private Operation rowsOf(String kernel) {
        return Operation.of(kernel)
                .constant("table", rows, columns)
                .index("index", rows, 4)
                .steps("y = [(self).select_rows(table, index)]", "rows");
    }

    private Operation sumRows() {
        return Operation.of("sum_rows")
                .constant("rows", 4, columns)
                .constant("like", rows, columns)
                .index("index", rows, 4)
                .steps("y = [(self).sum_rows(rows, index, like)]", "sums");
    }

    private Operation weightedMse() {
        return Operation.of("weighted_mse")
                .constant("prediction", 2, 4, rows, columns)
                .constant("target", 2, 4, rows, columns)
                .constant("weight", 2, 1, rows, columns)
                .steps("y = (self).weighted_mse(prediction, target, weight)", "loss", "gradient of prediction");
    }

    private Operation weightedHuber() {
        return Operation.of("weighted_huber")
                .constant("prediction", 2, 4, rows, columns)
                .constant("target", 2, 4, rows, columns)
                .constant("weight", 2, 1, rows, columns)
                .given("threshold", new double[] {0.125, 0.5}, 2, 1, 1, 1)
                .steps(
                        "y = (self).weighted_huber(prediction, target, weight, threshold)",
                        "loss",
                        "gradient of prediction");
    }

    private Operation isFinite() {
        return Operation.of("is_finite")
                .constant("x", rows, columns)
                .steps(
                        "y = [(self).is_finite(x), (self).is_finite(torch.mul(x, float(\"inf\")))]",
                        "verdict on numbers",
                        "verdict on infinities");
    }

    private Operation accumulate() {
        return two("accumulate", "").constant("more", rows, columns).steps("""
                        y = [torch.clone(gradient), torch.clone(bias)]
                        unused1 = (self).accumulate(y, [more, bias])
                        """, "first sum", "second sum");
    }

    private Operation multiply() {
        return two("multiply", "").given("factor", new double[] {0.25}).steps("""
                        y = [torch.clone(gradient), torch.clone(bias)]
                        unused1 = (self).multiply(y, [factor])
                        """, "first gradient", "second gradient");
    }

    private Operation clip(String variant, double limit) {
        return two("clip", variant)
                .given("limit", new double[] {limit})
                .steps("""
                        y = [torch.clone(gradient), torch.clone(bias)]
                        norm = (self).clip(y, [limit])
                        torch.extend(y, norm)
                        """, "first gradient", "second gradient", "norm");
    }

    private Operation.Builder two(String kernel, String variant) {
        return Operation.of(kernel, variant).constant("gradient", rows, columns).constant("bias", columns);
    }

    private Operation.Builder optimizer(String kernel) {
        return Operation.of(kernel).constant("parameter", rows, columns).constant("gradient", rows, columns);
    }

    private Operation adamW() {
        return optimizer("adamw")
                .constant("past", rows, columns)
                .given("rate", new double[] {0.125})
                .steps("""
                        p = torch.clone(parameter)
                        mean = torch.clone(past)
                        square = torch.mul(past, past)
                        step = torch.ones([], dtype=6, layout=None, device=ops.prim.device(parameter), pin_memory=False)
                        unused1 = (self).adamw([p], [gradient], [mean], [square], [step], [rate])
                        y = [p, mean, square]
                        """, "parameter", "mean", "mean of squares");
    }

    /** Two blocks, the second one partly filled. */
    private Operation adamW8bit() {
        int blocks = (rows * columns + BLOCK - 1) / BLOCK;
        return optimizer("adamw8bit")
                .given("c", new double[] {0.875, 0.125, 0.96875, 0.03125, 1.0 / 1024, 0.984375, 0.125, 0.5}, 8)
                .steps("""
                        codes = torch.zeros([%1$d, %2$d], dtype=0, layout=None, device=ops.prim.device(parameter), pin_memory=False)
                        squares = torch.zeros_like(codes)
                        largest = torch.zeros([%1$d, 1], dtype=ops.prim.dtype(parameter), layout=None, device=ops.prim.device(parameter), pin_memory=False)
                        largest_square = torch.zeros_like(largest)
                        p = torch.clone(parameter)
                        for i in range(3):
                          unused1 = (self).step([p], [gradient], [codes], [largest], [squares], [largest_square], [c])
                        y = [p, largest, largest_square]
                        """.formatted(blocks, BLOCK), "parameter", "largest mean", "largest mean of squares");
    }

    private Operation factored() {
        return optimizer("factored")
                .given("c", adafactor(), 6)
                .steps("""
                        row = torch.zeros_like(torch.select(parameter, 1, 0))
                        column = torch.zeros_like(torch.select(parameter, 0, 0))
                        p = torch.clone(parameter)
                        for i in range(3):
                          unused1 = (self).factored([p], [gradient], [row], [column], [c])
                        y = [p, row, column]
                        """, "parameter", "means of rows", "means of columns");
    }

    private Operation whole() {
        return optimizer("whole").given("c", adafactor(), 6).steps("""
                        p = torch.clone(parameter)
                        square = torch.zeros_like(parameter)
                        for i in range(3):
                          unused1 = (self).whole([p], [gradient], [square], [c])
                        y = [p, square]
                        """, "parameter", "mean of squares");
    }

    private Operation lion() {
        return optimizer("lion")
                .given("c", new double[] {0.125, 0.984375, 0.875, 0.125, 0.9375, 0.0625}, 6)
                .steps("""
                        mean = torch.zeros_like(parameter)
                        p = torch.clone(parameter)
                        for i in range(3):
                          unused1 = (self).lion([p], [gradient], [mean], [c])
                        y = [p, mean]
                        """, "parameter", "mean");
    }

    private Operation prodigyAverages() {
        return optimizer("prodigy_averages")
                .constant("start", rows, columns)
                .given("c", new double[] {0.96875, 0.25, 0.875, 0.125, 0.9375, 0.0625}, 6)
                .steps(
                        """
                        sum = torch.zeros_like(parameter)
                        mean = torch.zeros_like(parameter)
                        square = torch.zeros_like(parameter)
                        y = [sum, mean, square]
                        for i in range(3):
                          torch.extend(y, (self).prodigy_averages([parameter], [gradient], [start], [sum], [mean], [square], [c]))
                        """,
                        "sum",
                        "mean",
                        "mean of squares",
                        "product 1",
                        "magnitude 1",
                        "product 2",
                        "magnitude 2",
                        "product 3",
                        "magnitude 3");
    }

    private Operation prodigy() {
        return optimizer("prodigy")
                .given("c", new double[] {0.125, 0.984375, 1.0 / 1024}, 3)
                .steps("""
                        square = torch.mul(gradient, gradient)
                        p = torch.clone(parameter)
                        for i in range(3):
                          unused1 = (self).prodigy([p], [gradient], [square], [c])
                        y = [p]
                        """, "parameter");
    }

    private Operation scheduleFree() {
        return optimizer("schedule_free")
                .constant("base", rows, columns)
                .given("c", new double[] {0.9375, 0.0625, 0.5, 1.0 / 1024, 0.015625, 0.25, -0.0625, 0.125}, 8)
                .steps("""
                        p = torch.clone(parameter)
                        z = torch.clone(base)
                        square = torch.zeros_like(parameter)
                        for i in range(3):
                          unused1 = (self).schedule_free([p], [gradient], [z], [square], [c])
                        y = [p, z, square]
                        """, "parameter", "z", "mean of squares");
    }

    private Operation evaluate() {
        return optimizer("evaluate").given("share", new double[] {-0.125}).steps("""
                        p = torch.clone(parameter)
                        unused1 = (self).evaluate([p], [gradient], [share])
                        y = [p]
                        """, "parameter");
    }

    private Operation ema() {
        return optimizer("ema").given("share", new double[] {0.125}).steps("""
                        average = torch.clone(parameter)
                        for i in range(3):
                          unused1 = (self).ema([average], [gradient], [share])
                        y = [average]
                        """, "average");
    }

    private Operation exchange() {
        return optimizer("exchange").steps("""
                        y = [torch.clone(parameter), torch.clone(gradient)]
                        unused1 = (self).exchange([y[0]], [y[1]])
                        """, "first", "second");
    }

    private static double[] adafactor() {
        return new double[] {0.5, 0.5, 1.0 / (1 << 20), 1, 0.125, 0.984375};
    }
}
