package dev.likeness.diffusion.check;

import dev.likeness.diffusion.graph.Kernels;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The source of the kernels with a fault in one of them. */
final class BrokenKernels {

    /** Functions that compute tensors. */
    private static final Pattern KERNEL = Pattern.compile("(?m)^def (\\w+)\\(.*\\) -> (?!bool).*:\\n(?: .*\\n)*");

    private BrokenKernels() {}

    static List<String> names() {
        return KERNEL.matcher(Kernels.text()).results().map(it -> it.group(1)).toList();
    }

    private static MatchResult find(String name) {
        return KERNEL.matcher(Kernels.text())
                .results()
                .filter(it -> it.group(1).equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * @param name of a kernel
     * @param lines inserted before it returns {@code result}, which they may change
     */
    static String with(String name, String lines) {
        MatchResult kernel = find(name);
        String broken = kernel.group()
                .replaceFirst(
                        "(?m)^  return (.*)\\n",
                        Matcher.quoteReplacement("  result = ") + "$1\n"
                                + Matcher.quoteReplacement(lines.indent(2) + "  return result\n"));
        return Kernels.text().replace(kernel.group(), broken);
    }

    /** A result that is wrong by one percent, in every precision. */
    static String scaled(String name) {
        return with(name, "result = torch.mul(result, 1.01)");
    }

    /**
     * The fault of oneDNN 3.7.1 in the gradient with respect to x, if the output channels do not fill its block of 16
     * and there are two or more pictures: the right result with half the gradient.
     */
    static String unfilledBlock() {
        MatchResult kernel = find("convolve");
        String header = kernel.group().substring(0, kernel.group().indexOf('\n') + 1);
        String fault = """
                  unfilled = torch.ne(torch.remainder(torch.size(weight, 0), 16), 0)
                  if torch.__and__(torch.__and__(unfilled, torch.gt(torch.size(x, 0), 1)), torch.ne(ops.prim.dtype(x), 7)):
                    x = torch.add(torch.mul(x, 0.5), torch.mul(torch.detach(x), 0.5))
                  else:
                    pass
                """;
        return Kernels.text().replace(header, header + fault.indent(2).replaceAll("(?m)^    ", "  "));
    }
}
