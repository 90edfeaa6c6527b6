package dev.likeness.app.job;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Says whether a job can be trained on top of another's result. */
@Component
class BaseJobs {

    private static final List<String> LOCATION = List.of("spec", "base_job_id");

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
        if (base.status() != JobStatus.SUCCEEDED) {
            return refuse("job %s is %s: only a job that succeeded can be trained on top of"
                    .formatted(id, base.status().wire()));
        }
        if (!base.model().equals(spec.model())) {
            return refuse("job %s is of the model %s, not of %s".formatted(id, base.model(), spec.model()));
        }
        if (base.spec().inverts() && spec.inverts()) {
            return refuse("job %s has learned a new word already; train another method on top of it".formatted(id));
        }
        return Optional.empty();
    }

    static Violation missing(UUID id) {
        return new Violation(LOCATION, "there is no job %s".formatted(id), "unknown");
    }

    private static Optional<Violation> refuse(String message) {
        return Optional.of(new Violation(LOCATION, message, "value_error"));
    }
}
