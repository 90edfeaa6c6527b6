package dev.likeness.app.spec;

import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.method.PivotalTuning;
import dev.likeness.diffusion.plan.OptimizerKind;
import java.util.ArrayList;
import java.util.List;

/** Rules about the steps of pivotal tuning. Locations are relative to the spec. */
public final class PivotalRules {

    private static final String UNTIL = "embeddings_until";
    private static final String FROM = "adapter_from";

    private final JobSpec spec;
    private final List<Violation> violations = new ArrayList<>();

    private PivotalRules(JobSpec spec) {
        this.spec = spec;
    }

    /** Both parts must have steps, every step must train something, and the optimizer must take parts that begin and end. */
    public static List<Violation> check(JobSpec spec) {
        PivotalRules rules = new PivotalRules(spec);
        if (spec.trainingMethod() == PivotalTuning.TYPE) {
            rules.checkSteps();
            rules.checkOptimizer();
        }
        return rules.violations;
    }

    private void checkSteps() {
        PivotalTuningSpec pivotal = spec.pivotalTuning();
        int steps = spec.steps();
        int until = PivotalTuning.Settings.step(pivotal.embeddingsUntil(), steps);
        int from = PivotalTuning.Settings.step(pivotal.adapterFrom(), steps);
        require(until >= 1, UNTIL, "leaves no step of %d for the embeddings: increase it".formatted(steps));
        require(from < steps, FROM, "leaves no step of %d for the adapter: reduce it".formatted(steps));
        require(
                until < 1 || from <= until,
                FROM,
                "must be at most embeddings_until, %s: otherwise steps %d to %d train nothing"
                        .formatted(pivotal.embeddingsUntil(), until + 1, from));
    }

    private void checkOptimizer() {
        PivotalTuningSpec pivotal = spec.pivotalTuning();
        OptimizerKind optimizer = spec.training().optimizer();
        if (optimizer == OptimizerKind.PRODIGY) {
            String why =
                    "must be %s with prodigy, which estimates one learning rate from all parameters in every step; or choose another"
                            + " optimizer";
            require(pivotal.embeddingsUntil() == 1, UNTIL, why.formatted(1));
            require(pivotal.adapterFrom() == 0, FROM, why.formatted(0));
        }
        if (optimizer == OptimizerKind.ADAMW_SCHEDULE_FREE) {
            require(
                    pivotal.embeddingsUntil() == 1,
                    UNTIL,
                    "must be 1 with adamw_schedule_free: the adapter would train beside embeddings that are not the average, which is the"
                            + " result");
            require(
                    pivotal.rescaling() == 0,
                    "rescaling",
                    "must be 0 with adamw_schedule_free, whose result is an average that rescaling does not reach");
        }
    }

    private void require(boolean holds, String field, String message) {
        if (!holds) {
            violations.add(new Violation(List.of("pivotal_tuning", field), message, "value_error"));
        }
    }
}
