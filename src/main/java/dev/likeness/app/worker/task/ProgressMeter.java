package dev.likeness.app.worker.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reports the progress of a phase, at most once in an interval. */
public final class ProgressMeter {

    private final long every;
    private final Forecast forecast;
    private final Report report;
    private int total;
    private long lastReport;

    public ProgressMeter(Duration every, Forecast forecast, Report report) {
        this.every = every.toNanos();
        this.forecast = forecast;
        this.report = report;
    }

    /** The same forecast, without reports. */
    public ProgressMeter silent() {
        return new ProgressMeter(Duration.ofNanos(every), forecast, (done, of, eta) -> {});
    }

    /** Begins a phase of {@code total} images or steps, of which {@code done} are finished. */
    public void begin(int done, int total) {
        this.total = total;
        now(done);
    }

    /** Whether enough time has passed since the last report, or the end is reached. */
    public boolean due(int done) {
        return done == total || System.nanoTime() - lastReport >= every;
    }

    public void at(int done) {
        if (due(done)) {
            now(done);
        }
    }

    public void now(int done) {
        lastReport = System.nanoTime();
        report.progress(done, total, forecast.secondsLeft());
    }

    public Forecast forecast() {
        return forecast;
    }

    /** Receives a report. */
    public interface Report {
        void progress(int done, int total, @Nullable Integer etaSeconds);
    }
}
