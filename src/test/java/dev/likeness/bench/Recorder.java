package dev.likeness.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures the steps of one process. The first ones are warm-up. */
final class Recorder {

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final Task.Effort effort;
    private final Runnable synchronize;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private int done;
    private long began;
    private long peakBefore;
    private double firstStep;
    private double firstStepCpu;
    private @Nullable OperatorProfile profile;
    private @Nullable Usage from;
    private @Nullable Usage to;

    /** @param synchronize waits until the device has computed what it was given */
    Recorder(Task.Effort effort, Runnable synchronize) {
        this.effort = effort;
        this.synchronize = synchronize;
    }

    /** A step starts. */
    void starts() {
        if (done == effort.warmup() && from == null) {
            peakBefore = Usage.peakResident(ProcessHandle.current().pid());
            Usage.forgetPeak();
            from = Usage.now();
            profile = OperatorProfile.start();
        }
        began = System.nanoTime();
    }

    /** A step has ended. */
    void ends() {
        synchronize.run();
        double took = (System.nanoTime() - began) / NANOS;
        done++;
        if (done == 1) {
            firstStep = ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS;
            firstStepCpu = Usage.now().cpuSeconds();
        }
        if (done > effort.warmup()) {
            seconds.add(took);
        }
        if (done == effort.all()) {
            to = Usage.now();
            if (profile != null) {
                profile.stop(effort.steps());
            }
        }
    }

    /** A training step's loss. */
    void loss(double loss) {
        losses.add(loss);
    }

    /**
     * The measured part.
     *
     * @param peakDevice bytes of the device's memory; null on the CPU
     */
    Sample sample(@Nullable Long peakDevice) {
        if (from == null || to == null || seconds.size() != effort.steps()) {
            throw new IllegalStateException("%d of %d steps were done".formatted(done, effort.all()));
        }
        long peakSteps = Usage.peakResident(ProcessHandle.current().pid());
        return new Sample(
                List.copyOf(seconds),
                List.copyOf(losses),
                null,
                Map.of(),
                firstStep,
                firstStepCpu,
                Sample.Used.between(from, to),
                new Sample.Peak(Math.max(peakBefore, peakSteps), peakSteps, peakDevice),
                Versions.here());
    }
}
