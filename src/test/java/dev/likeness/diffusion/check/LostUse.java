package dev.likeness.diffusion.check;

import dev.likeness.diffusion.graph.Kernels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variant of a kernel that leaves one use of one value out of gradients.
 *
 * @param kernel original name
 * @param name of the variant
 * @param line with the detached use
 * @param text of the function
 */
record LostUse(String kernel, String name, String line, String text) {

    /** Functions that compute tensors. */
    private static final Pattern KERNEL = Pattern.compile("(?m)^def (\\w+)\\((.*)\\) -> (?!bool).*:\\n((?: .*\\n)*)");

    private static final Pattern LINE = Pattern.compile("(?m)^ +(?:(.+?),? = )?(.*)$");
    private static final Pattern TENSOR = Pattern.compile("(\\w+): Tensor");

    /** Values that are not tensors. */
    private static final Pattern PLAIN = Pattern.compile(
            "(?:\\[|torch\\.(?:size|neg|remainder|floordiv|eq|__or__|__isnot__)\\(|ops\\.prim\\.\\w+\\(|annotate\\().*|[^(]*");

    /** Expressions that read other properties of a tensor than its values. */
    private static final Pattern QUERY =
            Pattern.compile("(?:torch\\.(?:size|numel|dim|__isnot__)|ops\\.prim\\.\\w+)\\([^()]*\\)");

    /** A name, or a weight by its name. */
    private static final Pattern VALUE = Pattern.compile("w\\[[^]]*]|(?<![\\w.\"])\\w+(?![\\w(.\"=\\[])");

    /** One variant for each use of each value in each kernel. */
    static List<LostUse> all() {
        List<LostUse> all = new ArrayList<>();
        KERNEL.matcher(Kernels.text()).results().forEach(it -> add(all, it));
        return all;
    }

    private static void add(List<LostUse> all, MatchResult kernel) {
        Set<String> tensors = new HashSet<>();
        TENSOR.matcher(kernel.group(2)).results().forEach(it -> tensors.add(it.group(1)));
        String body = kernel.group(3);
        String head = kernel.group().substring(0, kernel.group().length() - body.length());
        for (MatchResult line : LINE.matcher(body).results().toList()) {
            String expression = line.group(2);
            for (MatchResult use : uses(expression, tensors)) {
                String lost = "%storch.detach(%s)%s"
                        .formatted(
                                expression.substring(0, use.start()),
                                expression.substring(use.start(), use.end()),
                                expression.substring(use.end()));
                String name = "lost" + all.size();
                String text = head.replaceFirst(kernel.group(1), name)
                        + body.substring(0, line.start(2))
                        + lost
                        + body.substring(line.end());
                all.add(new LostUse(kernel.group(1), name, lost, text));
            }
            if (line.group(1) != null && !PLAIN.matcher(expression).matches()) {
                tensors.addAll(List.of(line.group(1).split(", ")));
            }
        }
    }

    private static List<MatchResult> uses(String expression, Set<String> tensors) {
        Matcher queries = QUERY.matcher(expression);
        String values = queries.replaceAll(it -> " ".repeat(it.group().length()));
        return VALUE.matcher(values)
                .results()
                .filter(it -> it.group().startsWith("w[") || tensors.contains(it.group()))
                .toList();
    }

    /** An operation with this variant instead of the kernel. */
    Operation in(Operation operation) {
        String call = "__torch__.%s(";
        return new Operation(
                kernel,
                operation.variant(),
                operation.arguments(),
                operation.body().replace(call.formatted(kernel), call.formatted(name)),
                operation.results());
    }

    @Override
    public String toString() {
        return kernel + ": " + line;
    }
}
