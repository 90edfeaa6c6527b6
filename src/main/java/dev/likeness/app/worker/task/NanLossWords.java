package dev.likeness.app.worker.task;

import dev.likeness.diffusion.training.Diagnosis;
import dev.likeness.diffusion.training.LossPart;
import dev.likeness.diffusion.training.NanLoss;
import dev.likeness.diffusion.training.NotFinite;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes a loss or gradient that is not finite: the diagnosis, and what to do. */
final class NanLossWords {

    private static final int NORMS = 5;

    private NanLossWords() {}

    static String of(NanLoss known) {
        return what(known) + again(known) + norms(known.norms()) + "; " + advice(known);
    }

    private static String what(NanLoss known) {
        String lost = Double.isFinite(known.loss()) ? "the gradient of the loss" : "the loss";
        return "%s was no longer a number at step %d".formatted(lost, known.step());
    }

    private static String again(NanLoss known) {
        if (known.isFiniteAgain()) {
            return "; the same step computed again was finite";
        }
        if (known.normOverflows()) {
            return "; all values of the gradient are finite, but its 2-norm overflows fp32";
        }
        Diagnosis diagnosis = known.diagnosis();
        if (diagnosis == null || !diagnosis.shows()) {
            return "";
        }
        NotFinite first = diagnosis.first();
        String parts = diagnosis.parts().isEmpty()
                ? ""
                : "; of its terms, not finite: "
                        + diagnosis.parts().stream()
                                .sorted()
                                .map(NanLossWords::part)
                                .collect(Collectors.joining(", "));
        return first == null ? parts : parts + "; first not finite: " + first;
    }

    private static String part(LossPart part) {
        return switch (part) {
            case INSTANCE -> "the subject's pictures";
            case PRIOR -> "the prior images";
            case FACE -> "the faces";
        };
    }

    private static String norms(List<Double> norms) {
        if (norms.isEmpty()) {
            return "";
        }
        return "; gradient norms of the previous steps: "
                + norms.subList(Math.max(0, norms.size() - NORMS), norms.size()).stream()
                        .map(norm -> String.format(Locale.ROOT, "%.3g", norm))
                        .collect(Collectors.joining(", "));
    }

    /** From what is certain to what is likely. */
    private static String advice(NanLoss known) {
        Diagnosis diagnosis = known.diagnosis();
        NotFinite first = diagnosis == null ? null : diagnosis.first();
        NotFinite.Kind kind = first == null ? null : first.kind();
        if (known.isFiniteAgain()) {
            return "the worker computes the same step differently each time: report this fault to the worker's operator";
        }
        if (kind == NotFinite.Kind.INPUT) {
            return "the latents of a picture are NaN or infinite before training starts: check the picture, "
                    + "or the base model's autoencoder, which encodes it";
        }
        if (kind == NotFinite.Kind.WEIGHT && known.norms().isEmpty()) {
            return "the job's initial weights are damaged: start from other weights";
        }
        if (known.trend() == NanLoss.Trend.GREW) {
            return "the norms grew, so a lower learning rate may help";
        }
        if (known.normOverflows()) {
            return known.norms().isEmpty()
                    ? "the job's initial weights cause gradients that are far too large: start from other weights"
                    : "such gradients come from weights that are far too large: start from other weights, or"
                            + " use a lower learning rate if the earlier norms were ordinary";
        }
        if (known.lossScale() != null) {
            return "a number was too large for fp16: precision bf16 or fp32 may help";
        }
        return known.trend() == NanLoss.Trend.UNKNOWN
                ? "training ran too few steps to tell whether the learning rate, the model or the worker is the"
                        + " cause; the worker's log has the details"
                : "the gradients did not grow before, so the cause is probably the model or the worker's"
                        + " arithmetic; the worker's log has the details";
    }
}
