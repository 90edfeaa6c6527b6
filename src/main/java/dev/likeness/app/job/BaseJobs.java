package dev.likeness.app.job;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.TextualInversionSpec;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.diffusion.token.NormalizedText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks whether a job can be trained on top of another job's result. */
@Component
class BaseJobs {

    private static final List<String> LOCATION = List.of("spec", "base_job_id");

    private static final List<String> ZERO_TERMINAL_SNR = List.of("spec", "training", "zero_terminal_snr");

    private static final List<String> VECTORS = List.of("spec", "textual_inversion", "vectors");

    private final JobRepository jobs;

    BaseJobs(JobRepository jobs) {
        this.jobs = jobs;
    }

    Optional<Violation> check(JobSpec spec) {
        UUID id = spec.baseJobId();
        if (id == null) {
            return Optional.empty();
        }
        Job base = jobs.findById(id).orElse(null);
        if (base == null) {
            return Optional.of(missing(id));
        }
        Optional<Violation> unfinished = checkStatus(base);
        if (unfinished.isPresent()) {
            return unfinished;
        }
        if (!base.model().equals(spec.model())) {
            return refuse("job %s was trained on the model %s, but this job uses %s"
                    .formatted(id, base.model(), spec.model()));
        }
        if (base.spec().training().zeroTerminalSnr() && !spec.training().zeroTerminalSnr()) {
            return Optional.of(new Violation(
                    ZERO_TERMINAL_SNR,
                    "job %s was trained with zero terminal SNR, so training on top of it needs it, too; omit the field, or set it to true"
                            .formatted(id),
                    "value_error"));
        }
        return spec.usesTextualInversion()
                ? checkWord(spec.placeholderToken(), base).or(() -> checkVectors(spec, base))
                : Optional.empty();
    }

    /** Whether a job was trained with zero terminal SNR, which jobs on top of it inherit. */
    boolean hasZeroTerminalSnr(UUID id) {
        return jobs.findById(id)
                .filter(base -> base.spec().training().zeroTerminalSnr())
                .isPresent();
    }

    /** The settings that a job with momentum inherits from its base job, unless it sets them. */
    Optional<Map<String, Object>> momentum(UUID id) {
        return jobs.findById(id)
                .filter(base -> base.spec().usesMomentum())
                .map(base -> base.spec().textualInversion())
                .map(BaseJobs::momentum);
    }

    private static Map<String, Object> momentum(TextualInversionSpec inversion) {
        // A row of a newer release may have a mode that this release does not know.
        Map<String, Object> momentum = new HashMap<>();
        momentum.put("vectors", inversion.vectors());
        momentum.put("gamma", inversion.gamma());
        momentum.put("momentum_mode", inversion.momentumMode());
        return momentum;
    }

    /** A word has only one meaning in a whole lineage of jobs. */
    private Optional<Violation> checkWord(String word, Job base) {
        for (Job job = base; job != null; job = below(job)) {
            if (job.spec().usesTextualInversion() && isSame(job.spec().placeholderToken(), word)) {
                return refuse(
                        "job %s has already learned the word %s; choose another identifier".formatted(job.id(), word));
            }
        }
        return Optional.empty();
    }

    /**
     * Momentum continues with all of v_star, and with all of v_train unless there is an initializer. Uploaded
     * embeddings take precedence.
     */
    private static Optional<Violation> checkVectors(JobSpec spec, Job base) {
        boolean continues = spec.usesMomentum()
                && base.spec().usesMomentum()
                && spec.textualInversion().adapterId() == null;
        int needed = base.spec().textualInversion().vectors();
        return continues && needed > spec.textualInversion().vectors()
                ? Optional.of(tooFew(needed, "job " + base.id()))
                : Optional.empty();
    }

    /** @param what the job or upload with the previous embeddings */
    static Violation tooFew(int needed, String what) {
        return new Violation(
                VECTORS,
                "must be at least %d: training continues from %s, which has that many embeddings; omit the field to use that number"
                        .formatted(needed, what),
                "value_error");
    }

    /** The number of embeddings of a word that a base job has learned; empty if none has. */
    OptionalInt vectors(JobSpec spec, String word) {
        UUID id = spec.baseJobId();
        for (Job job = id == null ? null : jobs.findById(id).orElse(null); job != null; job = below(job)) {
            if (job.spec().usesTextualInversion() && isSame(job.spec().placeholderToken(), word)) {
                return OptionalInt.of(job.spec().textualInversion().vectors());
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isSame(String word, String other) {
        return NormalizedText.of(word).equals(NormalizedText.of(other));
    }

    private @Nullable Job below(Job job) {
        UUID id = job.baseJobId();
        return id == null ? null : jobs.findById(id).orElseThrow();
    }

    static Optional<Violation> checkStatus(Job base) {
        return base.status() == TaskStatus.SUCCEEDED
                ? Optional.empty()
                : refuse("job %s has the status %s; training can continue only from a succeeded job"
                        .formatted(base.id(), base.status().wire()));
    }

    static Violation missing(UUID id) {
        return new Violation(LOCATION, "there is no job %s".formatted(id), "unknown");
    }

    private static Optional<Violation> refuse(String message) {
        return Optional.of(new Violation(LOCATION, message, "value_error"));
    }
}
