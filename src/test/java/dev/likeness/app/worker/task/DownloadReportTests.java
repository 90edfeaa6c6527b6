package dev.likeness.app.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.task.Signal;
import dev.likeness.diffusion.tensor.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DownloadReportTests {

    private static final long MEGABYTE = 1 << 20;

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private Signal signal = Signal.CONTINUE;
    private int asked;

    private final DownloadReport report = new DownloadReport(
            new TaskControl(() -> false, () -> {
                asked++;
                return signal;
            }),
            lines::add,
            nanos::get);

    @Test
    void hasALineForEveryTenth() {
        for (long done = 1; done <= 200; done++) {
            report.progress("acme/tiny", done * MEGABYTE, 200 * MEGABYTE);
        }
        report.complete("acme/tiny", "c0ffee");

        assertThat(lines)
                .hasSize(12)
                .startsWith("downloading acme/tiny: 1 of 200 MB", "downloading acme/tiny: 20 of 200 MB")
                .endsWith("downloading acme/tiny: 200 of 200 MB", "downloaded acme/tiny at commit c0ffee");
    }

    @Test
    void startsAgainWithAnotherRepository() {
        report.progress("acme/tiny", 10 * MEGABYTE, 10 * MEGABYTE);
        report.progress("acme/other", 0, 10 * MEGABYTE);
        report.waiting("acme/third");

        assertThat(lines)
                .containsExactly(
                        "downloading acme/tiny: 10 of 10 MB",
                        "downloading acme/other: 0 of 10 MB",
                        "waiting for another process that downloads acme/third");
    }

    @Test
    void stopsWithTheTaskButAsksOnlyOnceASecond() {
        report.check();
        nanos.addAndGet(999_999_999);
        report.check();
        assertThat(asked).isZero();

        nanos.addAndGet(1);
        report.check();
        report.check();
        assertThat(asked).isEqualTo(1);

        signal = Signal.CANCELED;
        nanos.addAndGet(1_000_000_000);
        assertThatExceptionOfType(StoppedException.class).isThrownBy(report::check);
    }
}
