package dev.likeness.app.job;

import dev.likeness.app.memory.FitsOnAnotherWorkerException;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.memory.JobMemory.Saving;
import dev.likeness.app.memory.MemoryPlanning;
import dev.likeness.app.memory.MemoryPlanning.Planned;
import dev.likeness.app.memory.MemoryWords;
import dev.likeness.app.memory.PlanDoesNotFitException;
import dev.likeness.app.memory.PlanDoesNotFitException.Plan;
import dev.likeness.app.memory.PlanDoesNotFitException.Shortage;
import dev.likeness.app.spec.TrainingSpec;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.LiveWorkers;
import dev.likeness.app.task.LiveWorkers.DeviceBudget;
import dev.likeness.app.task.Phase;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Revises the memory plans of jobs, for a worker's device and after a job ran out of memory. */
@Component
class MemoryRevisions {

    private final MemoryPlanning planning;
    private final LiveWorkers workers;
    private final TrainingLeftovers traces;
    private final JobEventAppender events;
    private final Clock clock;

    MemoryRevisions(
            MemoryPlanning planning,
            LiveWorkers workers,
            TrainingLeftovers traces,
            JobEventAppender events,
            Clock clock) {
        this.planning = planning;
        this.workers = workers;
        this.traces = traces;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Makes a job fit into the available memory of a worker's device.
     *
     * @throws PlanDoesNotFitException if it does not fit
     * @throws FitsOnAnotherWorkerException if it does not fit, but would fit on another worker
     */
    void fit(Job job, DeviceBudget budget, UUID worker) {
        if (job.chosen() != null) {
            planning.sampling(job.spec(), job.memory(), budget)
                    .ifPresent(planned -> revise(job, planned, "the job continues with less memory"));
            return;
        }
        try {
            planning.fit(job.spec(), job.memory(), budget)
                    .ifPresent(planned -> revise(
                            job,
                            planned,
                            "a task can use %s on %s: the job continues with less memory"
                                    .formatted(MemoryWords.bytes(budget.bytes()), budget.device())));
        } catch (PlanDoesNotFitException e) {
            if (fitsElsewhere(e.shortage(), worker)) {
                throw new FitsOnAnotherWorkerException(job.id());
            }
            throw e;
        }
    }

    private boolean fitsElsewhere(Shortage shortage, UUID worker) {
        long smallest =
                shortage.plans().stream().mapToLong(Plan::plannedBytes).min().orElseThrow();
        return workers.largest(worker).filter(it -> it.bytes() >= smallest).isPresent();
    }

    /**
     * A job ran out of memory. The first time it is queued again with the next smaller plan. The second time, or without a
     * smaller plan, it fails.
     */
    void outOfMemory(Job job) {
        Phase phase = job.phase();
        boolean first = job.memoryShortages() == 0 && !job.isCancelRequested();
        Optional<Planned> next = first ? smaller(job, phase) : Optional.empty();
        Failure failure = next.isPresent() ? null : failure(job, phase);
        next.ifPresent(planned -> revise(
                job,
                planned,
                "the worker ran out of memory%s: the job continues with less memory".formatted(at(phase))));
        job.outOfMemory(failure, clock.instant());
    }

    private Optional<Planned> smaller(Job job, @Nullable Phase phase) {
        return job.chosen() == null
                ? planning.smaller(job.spec(), job.memory(), phase)
                : planning.smallerSampling(job.spec(), job.memory());
    }

    private void revise(Job job, Planned planned, String why) {
        if (!resumes(job.spec().training(), planned.spec().training())) {
            // Metrics of the previous run do not apply to this one.
            traces.remove(job.id());
        }
        job.plan(planned.spec(), planned.memory());
        if (!planned.taken().isEmpty()) {
            String savings = planned.taken().stream().map(Saving::words).collect(Collectors.joining("; "));
            events.append(job, EventType.LOG, Map.of("message", "%s (%s)".formatted(why, savings)));
        }
    }

    /** Whether a run with the new settings can resume from a state of the previous run. */
    private static boolean resumes(TrainingSpec before, TrainingSpec after) {
        return before.batchSize() == after.batchSize()
                && before.gradientAccumulation() == after.gradientAccumulation()
                && before.optimizer().equals(after.optimizer())
                && before.trainTextEncoder() == after.trainTextEncoder();
    }

    private Failure failure(Job job, @Nullable Phase phase) {
        JobMemory memory = job.memory();
        String times = job.memoryShortages() == 0 ? "" : " again, with a smaller plan";
        String message = memory == null || memory.deviceBytes() == null
                ? "the worker ran out of memory%s%s; a smaller batch or resolution, or gradient checkpointing, may help"
                        .formatted(at(phase), times)
                : "the worker ran out of memory%s%s; the plan was %s, and a task can use %s on %s. %s"
                        .formatted(
                                at(phase),
                                times,
                                MemoryWords.bytes(memory.plannedBytes()),
                                MemoryWords.bytes(memory.deviceBytes()),
                                memory.device(),
                                planning.advice(job.spec(), memory));
        return new Failure(ErrorCode.OUT_OF_MEMORY, message);
    }

    private static String at(@Nullable Phase phase) {
        return phase == null ? "" : " in phase " + phase.wire();
    }
}
