package dev.likeness.app.spec;

import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.adapter.DoraNorms;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LayerNumbers;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.UnusableAdapterException;
import java.util.ArrayList;
import java.util.List;

/** Rules about several fields of the section {@code lora}. Locations are relative to the spec. */
public final class LoraRules {

    private static final int HIGHEST_RANK = 256;
    private static final int HIGHEST_ALPHA = 1024;

    private final List<Violation> violations = new ArrayList<>();

    private LoraRules() {}

    /** Settings that would have no effect, or that cannot be combined. */
    public static List<Violation> check(LoraSpec lora) {
        LoraRules rules = new LoraRules();
        boolean isBeside = lora.algorithm() == LayerKind.LORA && lora.dora() == DoraNorms.NONE && !lora.tucker();
        rules.require(
                lora.dropout() == 0 || isBeside,
                "dropout",
                "is only for algorithm lora without dora and tucker: the others change the weights, so their inputs cannot be left"
                        + " out; set it to 0");
        boolean hasConvolutions = lora.targets() == LoraTargets.ALL;
        rules.require(
                lora.convRank() == null || hasConvolutions,
                "conv_rank",
                "is for convolutions, which have an adapter with targets all only; set targets to all, or omit it");
        rules.require(
                lora.convAlpha() == null || hasConvolutions,
                "conv_alpha",
                "is for convolutions, which have an adapter with targets all only; set targets to all, or omit it");
        rules.require(
                !lora.tucker() || hasConvolutions,
                "tucker",
                "is for convolutions, which have an adapter with targets all only; set targets to all, or omit it");
        rules.require(
                lora.factor() == null || lora.algorithm() == LayerKind.LOKR,
                "factor",
                "is only for algorithm lokr; omit it");
        rules.require(
                !lora.decomposeBoth() || lora.algorithm() == LayerKind.LOKR,
                "decompose_both",
                "is only for algorithm lokr; omit it");
        rules.patterns("rank_pattern", lora.rankPattern(), HIGHEST_RANK, true);
        rules.patterns("alpha_pattern", lora.alphaPattern(), HIGHEST_ALPHA, false);
        return rules.violations;
    }

    private void patterns(String field, List<String> entries, int highest, boolean whole) {
        for (int i = 0; i < entries.size(); i++) {
            List<String> location = List.of("lora", field, Integer.toString(i));
            try {
                double number = new LayerNumbers(field, List.of(entries.get(i)))
                        .numbers()
                        .get(0);
                if (number > highest || whole && (number < 1 || number != Math.rint(number))) {
                    String wanted = whole ? "a whole number from 1 to %d" : "at most %d";
                    violations.add(
                            new Violation(location, ("must end with " + wanted).formatted(highest), "value_error"));
                }
            } catch (IllegalArgumentException | UnusableAdapterException e) {
                violations.add(new Violation(location, String.valueOf(e.getMessage()), "value_error"));
            }
        }
    }

    private void require(boolean holds, String field, String message) {
        if (!holds) {
            violations.add(new Violation(List.of("lora", field), message, "value_error"));
        }
    }
}
