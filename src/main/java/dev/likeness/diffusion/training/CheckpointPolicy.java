package dev.likeness.diffusion.training;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a checkpoint is due: after an interval, and after at least twenty times as long as writing a checkpoint takes. */
final class CheckpointPolicy {

    private static final int COST_SHARE = 20;

    private final long interval;
    private final LongSupplier nanoTime;
    private long trainingSince;
    private long cost;

    CheckpointPolicy(Duration interval, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
        this.trainingSince = nanoTime.getAsLong();
    }

    boolean due() {
        return nanoTime.getAsLong() - trainingSince >= Math.max(interval, COST_SHARE * cost);
    }

    /** Writes a checkpoint and measures how long it takes. */
    <E extends Exception> void keep(Keeping<E> keeping) throws E {
        long start = nanoTime.getAsLong();
        keeping.run();
        trainingSince = nanoTime.getAsLong();
        cost = trainingSince - start;
    }

    interface Keeping<E extends Exception> {
        void run() throws E;
    }
}
