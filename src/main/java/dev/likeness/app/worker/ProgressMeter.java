package dev.likeness.app.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reports how far a phase is, no more often than somebody could look. */
final class ProgressMeter {

    private final long every;
    private final Forecast forecast;
    private final Report report;
    private int total;
    private long lastReport;

    ProgressMeter(Duration every, Forecast forecast, Report report) {
        this.every = every.toNanos();
        this.forecast = forecast;
        this.report = report;
    }

    /** Reports nothing, but forecasts as this one does. */
    ProgressMeter silent() {
        return new ProgressMeter(Duration.ofNanos(every), forecast, (done, of, eta) -> {});
    }

    /** Begins a phase of so many images or steps, of which some are done. */
    void begin(int done, int total) {
        this.total = total;
        now(done);
    }

    /** Whether enough time has passed since the last report, or the end is reached. */
    boolean due(int done) {
        return done == total || System.nanoTime() - lastReport >= every;
    }

    void at(int done) {
        if (due(done)) {
            now(done);
        }
    }

    void now(int done) {
        lastReport = System.nanoTime();
        report.progress(done, total, forecast.secondsLeft());
    }

    Forecast forecast() {
        return forecast;
    }

    /** Takes a report. */
    interface Report {
        void progress(int done, int total, @Nullable Integer etaSeconds);
    }
}
